package org.citybrain.intake.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citybrain.access.BadKeyException;
import org.citybrain.access.KeysUnreadableException;
import org.citybrain.intake.admit.AdmissionProfile;
import org.citybrain.intake.admit.AdmissionProfiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * All good keys in memory, so that no request waits for the database, nor does a flood of unknown keys reach it. Twice a
 * second one small read tells whether any key has changed anywhere; only then are they read anew.
 */
@Component
public class KnownKeys {

    private static final Logger LOG = LoggerFactory.getLogger(KnownKeys.class);

    private final PostgresKeys stored;
    private final AdmissionProfiles profiles;
    private final Clock clock;
    private final Duration trusted;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(-1, Instant.MIN, Map.of());

    KnownKeys(PostgresKeys stored, AdmissionProfiles profiles, Clock clock, KeySettings settings) {
        this.stored = stored;
        this.profiles = profiles;
        this.clock = clock;
        this.trusted = settings.trusted();
    }

    /**
     * Whose key this is.
     *
     * @throws BadKeyException if it is unknown, wrong, revoked or past its end; which of them is not told
     * @throws KeysUnreadableException if that cannot be told
     */
    Gateway check(String key) {
        Snapshot known = snapshot;
        Instant now = clock.instant();
        if (known.readAt().isBefore(now.minus(trusted))) {
            throw new KeysUnreadableException("the keys were last read at " + known.readAt());
        }
        return KeyText.parse(key)
                .flatMap(text -> known.find(text, now))
                .map(this::gateway)
                .orElseThrow(() -> new BadKeyException("the key is unknown, revoked or past its end"));
    }

    private Gateway gateway(StoredKey key) {
        int reportsPerSecond = profiles.find(key.sourceId())
                .map(AdmissionProfile::reportsPerSecond)
                .orElse(0);
        return new Gateway(key.sourceId(), key.keyId(), reportsPerSecond);
    }

    /** A read that takes long is not joined by a second one. */
    @Scheduled(fixedRateString = "${city-brain.intake.keys.read-every:400ms}")
    void refreshInTime() {
        if (refreshing.tryLock()) {
            try {
                refresh();
            } catch (DataAccessException | TransactionException failure) {
                LOG.debug("The keys cannot be read; going on with what is known", failure);
            } finally {
                refreshing.unlock();
            }
        }
    }

    /** What was changed before this was called holds here when it returns. */
    void refresh() {
        refreshing.lock();
        try {
            Instant now = clock.instant();
            long change = stored.getChange();
            snapshot = change == snapshot.change()
                    ? new Snapshot(change, now, snapshot.byId())
                    : Snapshot.of(change, now, stored.listGood(now));
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * What was read.
     *
     * @param change the number of the last change that is in it, or an earlier one
     * @param readAt before it was read
     */
    private record Snapshot(long change, Instant readAt, Map<String, StoredKey> byId) {

        static Snapshot of(long change, Instant readAt, List<StoredKey> keys) {
            return new Snapshot(
                    change,
                    readAt,
                    keys.stream().collect(Collectors.toUnmodifiableMap(StoredKey::keyId, Function.identity())));
        }

        Optional<StoredKey> find(KeyText key, Instant now) {
            return Optional.ofNullable(byId.get(key.keyId())).filter(known -> known.isGood(key, now));
        }
    }
}
