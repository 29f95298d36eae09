package org.citybrain.api.report;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.live.ReportTopics;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what became of a report, also in the moment before dispatch-service has seen it. */
@Component
class FindReportState {

    /** Reports are remembered for 7 days (domain, section 3); a refusal, a day longer. */
    private static final Duration REFUSALS = Duration.ofDays(8);

    private final ReportQueries queries;
    private final ReportTopics topics;
    private final Clock clock;

    FindReportState(ReportQueries queries, ReportTopics topics, Clock clock) {
        this.queries = queries;
        this.topics = topics;
        this.clock = clock;
    }

    /**
     * @param record where intake put the report on its topic, if the caller knows; asked before the report itself, because
     *     dispatch-service stores what became of a batch and how far it has come in one transaction: an offset that was not
     *     worked off then, and a report that is not stored yet, is waiting
     */
    Optional<ReportState> find(UUID reportId, @Nullable TopicRecord record) {
        boolean ahead =
                record != null && record.offset() >= queries.getNextOffset(Topics.REPORT_RECEIVED, record.partition());
        Optional<ReportState> state =
                queries.findState(reportId, clock.instant().minus(REFUSALS));
        if (state.isEmpty() && record != null && ahead && topics.holdReport(record.partition(), record.offset())) {
            return Optional.of(ReportState.received(reportId));
        }
        return state;
    }

    /** Where a record lies on its topic. */
    record TopicRecord(int partition, long offset) {}
}
