package org.citybrain.dispatch.command;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** What is parked, in dispatch.parked_report. */
@Component
class PostgresParkedReports {

    private static final String FIND = """
            select id, report_id, status, topic, partition, record_offset, headers::text as headers, payload, received_at
            from dispatch.parked_report
            where id = :id
            """;

    // Index: none, a row for each archived month
    private static final String IS_ARCHIVED = """
            select exists (select from dispatch.archived_month where month = date_trunc('month', :received_at, 'UTC') at time zone 'UTC')
            """;

    private static final String SETTLE = """
            update dispatch.parked_report
            set status = :status, settled_at = :now, settled_reason = :reason
            where id = :id and status = 'PARKED'
            """;

    private static final String COUNT_DISCARDED = """
            insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports)
            select :now, topic, partition, record_offset, source_id, date_trunc('hour', received_at, 'UTC'), line.outcome, line.reports
            from dispatch.parked_report
            cross join (values ('PARKED', -1), ('DISCARDED', 1)) as line (outcome, reports)
            where id = :id
            """;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    PostgresParkedReports(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    Optional<ParkedReport> find(UUID id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query((row, i) -> new ParkedReport(
                        id,
                        row.getObject("report_id", UUID.class),
                        row.getString("status"),
                        row.getString("topic"),
                        row.getInt("partition"),
                        row.getLong("record_offset"),
                        row.getTimestamp("received_at").toInstant(),
                        MessageJson.MAPPER.readValue(
                                row.getString("headers"), new TypeReference<Map<String, String>>() {}),
                        row.getBytes("payload")))
                .optional();
    }

    /** Whether the month that it was received in was archived. */
    boolean isArchived(ParkedReport report) {
        return jdbc.sql(IS_ARCHIVED)
                .param("received_at", Timestamp.from(report.receivedAt()))
                .query(Boolean.class)
                .single();
    }

    /** @throws AlreadySettled if somebody was faster */
    void settleAsRetried(UUID id, String reason) {
        settle(id, "RETRIED", reason);
        audit.write(AuditLine.done("parked.retry", id, Map.of("reason", reason)));
    }

    /** @throws AlreadySettled if somebody was faster */
    @Transactional
    public void discard(UUID id, String reason) {
        settle(id, "DISCARDED", reason);
        jdbc.sql(COUNT_DISCARDED)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        audit.write(AuditLine.done("parked.discard", id, Map.of("reason", reason)));
    }

    /** A retry that failed as before leaves the report as it was, and this line. */
    void noteFailedRetry(UUID id, String reason, String detail) {
        audit.write(AuditLine.done("parked.retry", id, Map.of("reason", reason, "stillParked", detail)));
    }

    private void settle(UUID id, String status, String reason) {
        int settled = jdbc.sql(SETTLE)
                .param("id", id)
                .param("status", status)
                .param("reason", reason)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        if (settled == 0) {
            throw new AlreadySettled(id);
        }
    }
}
