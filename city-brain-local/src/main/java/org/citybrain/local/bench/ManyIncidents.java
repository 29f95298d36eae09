package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * Millions of made-up incidents of the year before this month, set by set in SQL: those that dispatch-service has written, at other times and beside
 * their places. Each lies in a grid of the map, and is seen by it and all above. Nearly all are closed, with their tasks; of tasks and lines of the timeline each keeps {@value #TASKS} and {@value #LINES}.
 */
final class ManyIncidents {

    private static final int MONTHS = 12;
    private static final int TASKS = 3;
    private static final int LINES = 3;
    /** Of so many one is open still. */
    private static final int OPEN_OF = 250;

    private static final int TEMPLATES = 500;
    private static final int CONNECTIONS = 2;

    private static final String GRIDS = """
            create temp table grid as
            select row_number() over (order by code) - 1 as nth, count(*) over () as grids, code, representative_point as place,
                   array[left(code, 2), left(code, 6), left(code, 9), left(code, 12), code] as visible_to
            from grid.unit_view
            where tier = 'GRID' and valid_from <= now() and (valid_to is null or valid_to > now());
            analyze grid
            """;

    /** In the order of time; the id begins with the millisecond, as all do. */
    private static final String SCHEDULE = """
            create temp table schedule as
            select at, moments.nth, n % :open_of = 0 as open, grid.code, grid.place, grid.visible_to,
                   (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || substr(md5(':month' || n), 1, 20))::uuid as id
            from (select n, timestamptz ':begin' + n * interval '1 millisecond' * :pause as at, (n * 7919::bigint) % :templates as nth
                  from generate_series(0, :count - 1) n) moments
            join grid on grid.nth = (n * 104729::bigint) % grid.grids
            order by at
            """;

    private static final String ID_IN_ITS_TIME =
            "(left(replace(s.id::text, '-', ''), 12) || substr(md5(s.id::text || t.id::text), 1, 20))::uuid";

    private final Connect connect;

    ManyIncidents(Connect connect) {
        this.connect = connect;
    }

    /** Stores them, and has PostgreSQL look at what it holds. */
    void store(int incidents) throws SQLException, InterruptedException, ExecutionException {
        int each = incidents / MONTHS;
        YearMonth thisMonth = YearMonth.now(ZoneOffset.UTC);
        makePartitions(thisMonth);
        InParallel.run(CONNECTIONS, thread -> {
            try (Connection connection = connect.open()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(GRIDS);
                }
                MultipliedRows multiply = new MultipliedRows(connection);
                String some = "(select id from dispatch.incident order by id limit " + TEMPLATES + ")";
                multiply.keep("incident", "t.id in " + some);
                multiply.keep(
                        "task",
                        "t.incident_id in " + some
                                + " and (select count(*) from dispatch.task o where o.incident_id = t.incident_id and o.id < t.id) < "
                                + TASKS);
                multiply.keep(
                        "incident_event",
                        "t.incident_id in " + some + " and (select count(*) from dispatch.incident_event o "
                                + "where o.incident_id = t.incident_id and o.sequence < t.sequence) < " + LINES);
                for (int month = thread; month < MONTHS; month += CONNECTIONS) {
                    store(multiply, connection, thisMonth.minusMonths(MONTHS - month), each);
                }
            }
        });
        analyze();
    }

    private void makePartitions(YearMonth thisMonth) throws SQLException {
        try (Connection connection = connect.open();
                Statement statement = connection.createStatement()) {
            statement.execute("set role city_brain_dispatch");
            statement.execute("select dispatch.ensure_partitions('" + thisMonth.minusMonths(MONTHS) + "-01Z', '"
                    + thisMonth + "-01Z')");
        }
    }

    private static void store(MultipliedRows multiply, Connection connection, YearMonth month, int count)
            throws SQLException {
        Instant begin = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        long pause = ChronoUnit.MILLIS.between(
                        begin, month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC))
                / count;
        try (Statement statement = connection.createStatement()) {
            statement.execute("set synchronous_commit = off");
            long templates;
            try (ResultSet row = statement.executeQuery("select count(*) from template_incident")) {
                row.next();
                templates = row.getLong(1);
            }
            statement.execute("drop table if exists schedule");
            statement.execute(SCHEDULE.replace(":open_of", String.valueOf(OPEN_OF))
                    .replace(":month", month.toString())
                    .replace(":begin", begin.toString())
                    .replace(":pause", String.valueOf(Math.max(1, pause)))
                    .replace(":templates", String.valueOf(templates))
                    .replace(":count", String.valueOf(count)));
            statement.execute("analyze schedule");
            multiply.insert(
                    "incident",
                    Map.ofEntries(
                            Map.entry("id", "s.id"),
                            Map.entry("number", "nextval('dispatch.incident_number')"),
                            Map.entry("status", "case when s.open then 'DISPATCHED' else 'CLOSED' end"),
                            Map.entry("opened_at", "s.at"),
                            Map.entry("closed_at", "case when s.open then null else s.at + interval '6 hours' end"),
                            Map.entry("first_occurred_at", "s.at"),
                            Map.entry("last_occurred_at", "s.at"),
                            Map.entry("changed_at", "s.at + interval '6 hours'"),
                            Map.entry("location", "s.place"),
                            Map.entry("grid_code", "s.code"),
                            Map.entry("unit_codes", "array[s.code]"),
                            Map.entry("visible_to", "s.visible_to")),
                    "schedule s join template_incident t on t.nth = s.nth order by s.id");
            multiply.insert(
                    "task",
                    Map.of(
                            "incident_id", "s.id",
                            "id", ID_IN_ITS_TIME,
                            "status", "case when s.open then t.status else 'COMPLETED' end",
                            "dispatched_at", "s.at",
                            "acknowledge_by", "s.at + (t.acknowledge_by - t.dispatched_at)",
                            "resolve_by", "s.at + (t.resolve_by - t.dispatched_at)",
                            "changed_at", "s.at + interval '6 hours'"),
                    "schedule s join template_task t on t.nth = s.nth order by s.id");
            multiply.insert(
                    "incident_event",
                    Map.of(
                            "incident_id", "s.id",
                            "sequence", "nextval('dispatch.incident_event_sequence')",
                            // Before all that the relay has still to send.
                            "transaction_id", "'3'::xid8",
                            "recorded_at", "s.at"),
                    "schedule s join template_incident_event t on t.nth = s.nth order by s.id, t.sequence");
        }
    }

    private void analyze() throws InterruptedException, ExecutionException {
        InParallel.run(1, thread -> {
            try (Connection connection = connect.open();
                    Statement statement = connection.createStatement()) {
                for (String table : new String[] {"incident", "task", "incident_event"}) {
                    statement.execute("vacuum analyze dispatch." + table);
                }
            }
        });
    }

    /** Opens a connection as the administrator. */
    interface Connect {
        Connection open() throws SQLException;
    }
}
