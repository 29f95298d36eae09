package org.citybrain.api.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.api.row.Row;
import org.citybrain.messages.ReportStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ReportQueries {

    /**
     * The word of dispatch-service counts most, then what it parked, then what the gate refused: a sender may mend a report
     * that was refused and send it again under the same id. A parked report that a person retried speaks for itself; one
     * that was discarded is rejected for the reason it was parked for.
     */
    // Index: report_key's primary key, then one partition of report; parked_report_by_report; refused_report_by_id
    static final String STATE = """
            select status, incident_id, reason, detail, received_at
            from (select 1 as precedence, outcome as status, incident_id, reason, null as detail, received_at
                  from dispatch.report_view
                  where report_id = :reportId
                  union all
                  select 2, case status when 'DISCARDED' then 'REJECTED' else status end, null, reason,
                         case status when 'DISCARDED' then 'discarded: ' || settled_reason else detail end, received_at
                  from dispatch.parked_report_view
                  where report_id = :reportId and status in ('PARKED', 'DISCARDED')
                  union all
                  select 3, 'REJECTED', null, reason, detail, received_at
                  from intake.refused_report_view
                  where report_id = :reportId and received_at >= :refusedSince) state
            order by precedence, received_at desc
            limit 1
            """;

    private static final String NEXT_OFFSET = """
            select next_offset from dispatch.consumed_partition_view where topic = :topic and partition = :partition
            """;

    private final JdbcClient jdbc;

    ReportQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ReportState> findState(UUID reportId, Instant refusedSince) {
        return Row.list(jdbc.sql(STATE)
                        .param("reportId", reportId)
                        .param("refusedSince", refusedSince.atOffset(ZoneOffset.UTC)))
                .stream()
                .map(row -> new ReportState(
                        reportId,
                        row.constant("status", ReportStatus.class),
                        row.findUuid("incident_id"),
                        row.findText("reason"),
                        row.findText("detail"),
                        row.instant("received_at")))
                .findFirst();
    }

    /** The offset up to which dispatch-service has worked the partition off. */
    long getNextOffset(String topic, int partition) {
        return jdbc.sql(NEXT_OFFSET)
                .param("topic", topic)
                .param("partition", partition)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
