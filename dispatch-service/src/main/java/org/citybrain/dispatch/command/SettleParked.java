package org.citybrain.dispatch.command;

import java.util.UUID;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.store.Outcome;
import org.citybrain.dispatch.store.Settlement;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A person tries a parked report again, or gives it up. Both say why. */
@Component
class SettleParked {

    private final PostgresParkedReports parkedReports;
    private final ReadReports readReports;
    private final DispatchPipeline pipeline;

    SettleParked(PostgresParkedReports parkedReports, ReadReports readReports, DispatchPipeline pipeline) {
        this.parkedReports = parkedReports;
        this.readReports = readReports;
        this.pipeline = pipeline;
    }

    /**
     * @return null where there is no such parked report
     * @throws InTheArchive if its month was archived: such a report can only be given up
     */
    @Nullable
    Settled retry(UUID id, String reason) {
        ParkedReport parked = parkedReports.find(id).orElse(null);
        if (parked == null) {
            return null;
        }
        if (!parked.status().equals(Outcome.PARKED.name())) {
            throw new AlreadySettled(id);
        }
        if (parkedReports.isArchived(parked)) {
            throw new InTheArchive(id, parked.receivedAt());
        }
        Settlement settlement = pipeline.retry(
                read(parked), parked.reportId() != null, () -> parkedReports.settleAsRetried(id, reason));
        String status = settlement.outcome() == Outcome.PARKED ? Outcome.PARKED.name() : "RETRIED";
        if (settlement.outcome() == Outcome.PARKED) {
            parkedReports.noteFailedRetry(id, reason, settlement.detail() == null ? "" : settlement.detail());
        }
        return new Settled(id, status, settlement.outcome(), settlement.incidentId(), settlement.detail());
    }

    /** @return null where there is no such parked report */
    @Nullable
    Settled discard(UUID id, String reason) {
        if (parkedReports.find(id).isEmpty()) {
            return null;
        }
        parkedReports.discard(id, reason);
        return new Settled(id, Outcome.DISCARDED.name(), null, null, null);
    }

    private ConsumedReport read(ParkedReport parked) {
        return readReports.readAgain(
                parked.topic(),
                parked.partition(),
                parked.offset(),
                parked.receivedAt(),
                parked.headers(),
                parked.payload());
    }

    /**
     * What has become of a parked report.
     *
     * @param status {@code RETRIED}, {@code DISCARDED}, or {@code PARKED} where the retry failed as before
     * @param outcome of the retry
     * @param detail why it is still parked
     */
    record Settled(
            UUID id,
            String status,
            @Nullable Outcome outcome,
            @Nullable UUID incidentId,
            @Nullable String detail) {}
}
