package org.citybrain.dispatch.publish;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentNumber;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The timeline as the outbox. A line may be published when no older transaction is still open, which could yet add an earlier line:
 * when its transaction id lies below {@code oldest_open_transaction}. In the order of (transaction id, sequence) the versions of an incident ascend,
 * because every transaction holds all its locks before it draws an id.
 */
@Component
class PostgresTimeline {

    private static final String NAME = "timeline";

    private static final String BEGIN = """
            insert into dispatch.relay_position (name, transaction_id, sequence, moved_at)
            values (:name, '0'::xid8, 0, :now)
            on conflict do nothing
            """;

    private static final String FIND = """
            select transaction_id::text as transaction_id, sequence from dispatch.relay_position where name = :name
            """;

    /** Commits synchronously, so all that was committed before is on the disk when this returns. */
    private static final String MOVE = """
            update dispatch.relay_position
            set transaction_id = :transaction_id::xid8, sequence = :sequence, moved_at = :now
            where name = :name
            """;

    /**
     * Expects incident_event_outbox, then the primary key of dispatch.incident, line by line and as if in order: joined as a whole, a
     * month of which nothing is known yet is read whole, and without an order any other index with the id in it will do for an empty month, and
     * is gone through while it fills.
     */
    static final String NEXT = """
            select e.transaction_id::text as transaction_id, e.sequence, e.incident_id, e.kind, e.recorded_at, e.incident_version, e.actor,
                   e.report_id, e.status_before, e.status_after, e.level, e.scope, e.commanding_unit, e.report_count, e.people_affected,
                   e.area_km2, e.detail::text as detail, e.trace_id, i.type, i.category, i.opened_at, i.grid_code,
                   st_x(i.location) as longitude, st_y(i.location) as latitude, i.number
            from (select *
                  from dispatch.incident_event
                  where (transaction_id, sequence) > (:transaction_id::xid8, :sequence)
                    and transaction_id < public.oldest_open_transaction()
                  order by transaction_id, sequence
                  limit :most) e
            cross join lateral (select type, category, opened_at, grid_code, location, number
                                from dispatch.incident
                                where id = any (array[e.incident_id])
                                order by id
                                limit 1) i
            order by e.transaction_id, e.sequence
            """;

    private static final String OLDEST = """
            select recorded_at
            from dispatch.incident_event
            where (transaction_id, sequence) > (:transaction_id::xid8, :sequence)
            order by transaction_id, sequence
            limit 1
            """;

    private final JdbcClient jdbc;
    private final PostgresTransactions transactions;
    private final Clock clock;

    PostgresTimeline(JdbcClient jdbc, PostgresTransactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Where the relay goes on. */
    TimelinePosition position() {
        jdbc.sql(BEGIN)
                .param("name", NAME)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return jdbc.sql(FIND)
                .param("name", NAME)
                .query((row, i) -> new TimelinePosition(row.getString("transaction_id"), row.getLong("sequence")))
                .single();
    }

    /** Keeps the position, in a transaction of its own that waits for the disk. */
    void move(TimelinePosition position) {
        jdbc.sql(MOVE)
                .param("name", NAME)
                .param("transaction_id", position.transactionId())
                .param("sequence", position.sequence())
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** The next lines that may be published, in order. */
    List<TimelineEntry> next(TimelinePosition after, int most) {
        return transactions.listAsABatch(() -> jdbc.sql(NEXT)
                .param("transaction_id", after.transactionId())
                .param("sequence", after.sequence())
                .param("most", most)
                .query((row, i) -> entry(row))
                .list());
    }

    /** When the oldest line that is not published yet was recorded; now where there is none. */
    Instant oldestWaiting(TimelinePosition after) {
        return transactions
                .listAsABatch(() -> jdbc.sql(OLDEST)
                        .param("transaction_id", after.transactionId())
                        .param("sequence", after.sequence())
                        .query((row, i) -> row.getTimestamp("recorded_at").toInstant())
                        .list())
                .stream()
                .findFirst()
                .orElseGet(clock::instant);
    }

    private static TimelineEntry entry(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        String statusBefore = row.getString("status_before");
        String level = row.getString("level");
        String scope = row.getString("scope");
        Instant openedAt = row.getTimestamp("opened_at").toInstant();
        IncidentChanged.State state = new IncidentChanged.State(
                IncidentNumber.readable(openedAt, row.getLong("number")),
                row.getInt("incident_version"),
                row.getString("type"),
                IncidentCategory.valueOf(row.getString("category")),
                IncidentStatus.valueOf(row.getString("status_after")),
                statusBefore == null ? null : IncidentStatus.valueOf(statusBefore),
                openedAt,
                new Position(row.getDouble("longitude"), row.getDouble("latitude")),
                row.getString("grid_code"),
                level == null ? null : Level.valueOf(level),
                scope == null ? null : HandlingScope.valueOf(scope),
                row.getString("commanding_unit"),
                row.getInt("report_count"),
                row.getLong("people_affected"),
                row.getDouble("area_km2"));
        StoredDetail detail = new StoredDetail(row.getString("detail"));
        return new TimelineEntry(
                new TimelinePosition(row.getString("transaction_id"), sequence),
                new IncidentChanged(
                        row.getObject("incident_id", UUID.class),
                        sequence,
                        IncidentEventKind.valueOf(row.getString("kind")),
                        row.getTimestamp("recorded_at").toInstant(),
                        row.getString("actor"),
                        row.getObject("report_id", UUID.class),
                        state,
                        detail.asItIs()),
                detail.tasks(),
                row.getString("trace_id"));
    }
}
