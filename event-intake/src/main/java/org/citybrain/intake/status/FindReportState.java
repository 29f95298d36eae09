package org.citybrain.intake.status;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.intake.consume.ReadReceived;
import org.citybrain.intake.publish.Placement;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a gateway what became of its report, also in the moment before dispatch-service has seen it. */
@Component
class FindReportState {

    /** Reports are remembered for 7 days (domain, section 3); a refusal, a day longer. */
    private static final Duration REFUSALS = Duration.ofDays(8);

    private final ReportStateQueries queries;
    private final ReadReceived received;
    private final Clock clock;

    FindReportState(ReportStateQueries queries, ReadReceived received, Clock clock) {
        this.queries = queries;
        this.received = received;
        this.clock = clock;
    }

    /** @param placement where the report lies on its topic, if the caller knows; asked before the report itself is */
    Optional<ReportState> find(UUID reportId, String sourceId, @Nullable Placement placement) {
        boolean isAhead = placement != null && placement.offset() >= queries.getNextOffset(placement.partition());
        Optional<ReportState> state =
                queries.find(reportId, sourceId, clock.instant().minus(REFUSALS));
        return state.isEmpty() && placement != null && isAhead && received.isThere(placement, reportId, sourceId)
                ? Optional.of(ReportState.received(reportId))
                : state;
    }
}
