package org.citybrain.dispatch.receipt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The outbox of city-brain-api, and how far it was worked off, in dispatch.relay_position. */
@Component
class PostgresReceipts {

    private static final String NAME = "receipts";

    /** Whoever has it works the outbox off; it is released with the transaction. It draws no transaction id. */
    private static final String TRY_LOCK =
            "select pg_try_advisory_xact_lock(hashtext('dispatch'), hashtext('receipts'))";

    /**
     * In the order of the outbox, and none of which an older transaction, still open, could yet come before. Expects receipt_outbox and the
     * primary key of dispatch.incident.
     */
    private static final String NEXT = """
            select r.transaction_id::text as transaction_id, r.sequence, r.kind, r.incident_id, r.task_id, r.event_id, r.event, r.unit_code,
                   r.subscription_id, r.person, r.channel, r.recorded_at
            from api.receipt_view r, dispatch.relay_position p
            where p.name = :name and (r.transaction_id, r.sequence) > (p.transaction_id, p.sequence)
              and r.transaction_id < public.oldest_open_transaction()
            order by r.transaction_id, r.sequence
            limit :most
            """;

    private static final String KNOWN = "select id from dispatch.incident where id = any (:ids::uuid[])";

    /**
     * Whatever waits for an answer of this task need not wait longer: the sweep of deadlines escalates it. Of what is resolved nobody waits for
     * an answer. The primary keys of dispatch.task and dispatch.incident.
     */
    private static final String WAIT_NO_LONGER = """
            update dispatch.task t
            set version = t.version + 1, acknowledge_by = :now, changed_by = 'rule:notice', changed_at = :now
            where (t.incident_id, t.id) in (select * from unnest(:incidents::uuid[], :tasks::uuid[]))
              and t.status = 'DISPATCHED' and t.acknowledge_by > :now
              and exists (select from dispatch.incident i
                          where i.id = t.incident_id and i.status in ('DISPATCHED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'CONTAINED'))
            returning %s
            """.formatted(PostgresTaskRow.COLUMNS);

    private static final String MOVE = """
            update dispatch.relay_position set transaction_id = :transaction_id::xid8, sequence = :sequence, moved_at = :now
            where name = :name
            """;

    private final JdbcClient jdbc;

    PostgresReceipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean tryLock() {
        return jdbc.sql(TRY_LOCK).query((row, i) -> row.getBoolean(1)).single();
    }

    List<Receipt> next(int most) {
        return jdbc.sql(NEXT)
                .param("name", NAME)
                .param("most", most)
                .query((row, i) -> receipt(row))
                .list();
    }

    /** Those of these incidents that are there. */
    Set<UUID> known(Collection<UUID> incidents) {
        return new HashSet<>(jdbc.sql(KNOWN)
                .param("ids", incidents.toArray(UUID[]::new))
                .query((row, i) -> row.getObject("id", UUID.class))
                .list());
    }

    /** The tasks of these that nobody had answered, as they are now: their time is up. */
    List<TaskState> waitNoLonger(List<Receipt> unreachable, Instant now) {
        return jdbc.sql(WAIT_NO_LONGER)
                .param(
                        "incidents",
                        unreachable.stream().map(Receipt::incidentId).toArray(UUID[]::new))
                .param("tasks", unreachable.stream().map(Receipt::taskId).toArray(UUID[]::new))
                .param("now", Timestamp.from(now))
                .query((row, i) -> PostgresTaskRow.read(row))
                .list();
    }

    void move(Receipt last, Instant now) {
        jdbc.sql(MOVE)
                .param("name", NAME)
                .param("transaction_id", last.transactionId())
                .param("sequence", last.sequence())
                .param("now", Timestamp.from(now))
                .update();
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getString("transaction_id"),
                row.getLong("sequence"),
                IncidentEventKind.valueOf(row.getString("kind")),
                row.getObject("incident_id", UUID.class),
                row.getObject("task_id", UUID.class),
                row.getString("event_id"),
                row.getString("event"),
                row.getString("unit_code"),
                row.getObject("subscription_id", UUID.class),
                row.getString("person"),
                row.getString("channel"),
                row.getTimestamp("recorded_at").toInstant());
    }
}
