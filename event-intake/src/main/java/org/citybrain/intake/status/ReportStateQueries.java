package org.citybrain.intake.status;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.messages.ReportStatus;
import org.citybrain.messages.Topics;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What dispatch-service and the gate have stored of a report. */
@Component
class ReportStateQueries {

    /** For the rest of the transaction the views show this gateway's own, and nothing else, whatever is asked. */
    private static final String SERVE = "select set_config('city_brain.source', :source, true)";

    /**
     * The word of dispatch-service counts most, then what it parked, then what the gate refused; each only where this
     * gateway sent it.
     */
    // Index: report_key's primary key, then one partition of report; parked_report_by_report; refused_report_by_id
    private static final String FIND = """
            select status, incident_id, reason, detail, received_at
            from (select 1 as precedence, outcome as status, incident_id, reason, null as detail, received_at
                  from dispatch.report_view
                  where report_id = :report and source_id = :source and source_kind in ('SENSOR', 'SYSTEM')
                  union all
                  select 2, case status when 'DISCARDED' then 'REJECTED' else status end, null, reason,
                         case status when 'DISCARDED' then 'discarded: ' || settled_reason else detail end, received_at
                  from dispatch.parked_report_view
                  where report_id = :report and source_id = :source and status in ('PARKED', 'DISCARDED')
                  union all
                  select 3, 'REJECTED', null, reason, detail, received_at
                  from intake.refused_report_view
                  where report_id = :report and source_id = :source and received_at >= :refused_since) state
            order by precedence, received_at desc
            limit 1
            """;

    private static final String GET_NEXT_OFFSET = """
            select next_offset from dispatch.consumed_partition_view where topic = :topic and partition = :partition
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ReportStateQueries(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    Optional<ReportState> find(UUID reportId, String sourceId, Instant refusedSince) {
        return Optional.ofNullable(transaction.execute(status -> {
            jdbc.sql(SERVE).param("source", sourceId).query(String.class).single();
            return jdbc.sql(FIND)
                    .param("report", reportId)
                    .param("source", sourceId)
                    .param("refused_since", refusedSince.atOffset(ZoneOffset.UTC))
                    .query((row, number) -> state(reportId, row))
                    .optional()
                    .orElse(null);
        }));
    }

    /** The offset up to which dispatch-service has worked the partition off. */
    long getNextOffset(int partition) {
        return jdbc.sql(GET_NEXT_OFFSET)
                .param("topic", Topics.REPORT_RECEIVED)
                .param("partition", partition)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private static ReportState state(UUID reportId, ResultSet row) throws SQLException {
        return new ReportState(
                reportId,
                ReportStatus.valueOf(row.getString("status")),
                row.getObject("incident_id", UUID.class),
                row.getString("reason"),
                row.getString("detail"),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
