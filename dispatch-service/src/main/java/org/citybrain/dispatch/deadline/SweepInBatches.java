package org.citybrain.dispatch.deadline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.store.PostgresRefusal;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How everything that is due is worked off: batch by batch, each one transaction that first locks those incidents which nobody else has
 * locked, then reads them again, decides and writes. So two sweeps at the same time, or a sweep and a command, never decide the same
 * thing twice, and a sweep that dies leaves nothing half done.
 */
@Component
class SweepInBatches {

    /** So many batches are looked for at once, because another sweep may have locked the first of them. */
    private static final int LOOK_AHEAD = 4;

    private static final Logger log = LoggerFactory.getLogger(SweepInBatches.class);

    private final PostgresTransactions transactions;
    private final DeadlineMeters meters;
    private final DeadlineSettings settings;

    SweepInBatches(PostgresTransactions transactions, DeadlineMeters meters, DeadlineSettings settings) {
        this.transactions = transactions;
        this.meters = meters;
        this.settings = settings;
    }

    /** A sweep of this kind, from its beginning: what cannot be decided is passed over until its end. */
    Sweep begin(DueWork work) {
        return new Sweep(work);
    }

    /** Where the database will not take what was decided, one by one: then only the incident that it is about waits. */
    private int batch(Collection<UUID> found, DueWork work, Set<UUID> passedOver) {
        List<UUID> locked = new ArrayList<>();
        try {
            decide(found, settings.batchSize(), locked, work, passedOver);
        } catch (RuntimeException failure) {
            if (locked.isEmpty() || !isOfTheData(failure)) {
                throw failure;
            }
            log.warn("a batch of {} incidents is worked off one by one: {}", locked.size(), failure.getMessage());
            locked.forEach(incident -> alone(incident, work, passedOver));
        }
        return locked.size();
    }

    private void alone(UUID incident, DueWork work, Set<UUID> passedOver) {
        try {
            decide(List.of(incident), 1, new ArrayList<>(), work, passedOver);
        } catch (RuntimeException failure) {
            if (!isOfTheData(failure)) {
                throw failure;
            }
            passedOver.add(incident);
            DeadlineMeters.Counted counted = new DeadlineMeters.Counted();
            counted.add(work.kind(), DeadlineOutcome.FAILED);
            meters.add(counted);
            log.error("what is due of incident {} cannot be stored; the next sweep tries again", incident, failure);
        }
    }

    private void decide(Collection<UUID> found, int most, List<UUID> locked, DueWork work, Set<UUID> passedOver) {
        DeadlineMeters.Counted counted = new DeadlineMeters.Counted();
        List<UUID> undecided = new ArrayList<>();
        transactions.inBatch(() -> {
            locked.addAll(work.lock(found, most));
            if (!locked.isEmpty()) {
                undecided.addAll(work.decide(locked, counted));
            }
        });
        passedOver.addAll(undecided);
        meters.add(counted);
    }

    /** Not of the database that is away, or of two that wait for each other: those pass. */
    private static boolean isOfTheData(RuntimeException failure) {
        return failure instanceof DataAccessException
                ? PostgresRefusal.isCause(failure)
                : !(failure instanceof TransactionException);
    }

    /** One sweep of one kind of deadlines. */
    final class Sweep {

        private final DueWork work;
        private final Set<UUID> passedOver = new HashSet<>();

        private Sweep(DueWork work) {
            this.work = work;
        }

        /**
         * Works off the next batch.
         *
         * @return how many incidents were looked at; 0 where nothing is due, or only what others hold
         */
        int batch() {
            Collection<UUID> found = work.find(settings.batchSize() * LOOK_AHEAD, passedOver);
            return found.isEmpty() ? 0 : SweepInBatches.this.batch(found, work, passedOver);
        }
    }
}
