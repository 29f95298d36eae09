package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two dispatch processes sweep the same thousands of overdue tasks, and one of them is killed in the middle of it. */
@Tag("deadlines")
class TwoSweepersIT {

    private static final int INCIDENTS = 50;
    private static final int COPIES = 160;

    /** Each process runs one lane at a time, so neither can do all of it. */
    private static final Map<String, String> ONE_LANE_EACH = Map.of(
            "CITYBRAIN_DISPATCH_DEADLINES_LANES", "4",
            "CITYBRAIN_DISPATCH_DEADLINES_THREADS", "1",
            "CITYBRAIN_DISPATCH_DEADLINES_BATCHSIZE", "50");

    private static final String MISSED = """
            select count(%s) from dispatch.incident_event e cross join json_array_elements(e.detail -> 'of') as late
            where e.kind = 'DEADLINE_MISSED'
            """;

    /** Missed tasks whose unit is named by one line that says to whom it went, or that the city is chased. */
    private static final String ESCALATED_ONCE = """
            select count(*)
            from (select late ->> 'task'
                  from dispatch.incident_event m
                  cross join json_array_elements(m.detail -> 'of') as late
                  join dispatch.incident_event e on e.incident_id = m.incident_id
                  cross join json_array_elements_text(e.detail -> 'from') as unit
                  where m.kind = 'DEADLINE_MISSED' and e.kind in ('ESCALATED', 'SUPERVISED') and e.actor like 'rule:deadline%'
                    and unit = late ->> 'unitCode'
                  group by 1
                  having count(*) = 1) as once
            """;

    @TempDir
    Path folder;

    @Test
    void two_processes_sweep_one_is_killed_and_still_each_task_is_escalated_once() throws Exception {
        try (var city = new SharedCity(folder);
                CityClient client = city.client()) {
            city.startDispatcher(Ports.findFree(), ONE_LANE_EACH);
            ServiceProcess second = city.startDispatcher(Ports.findFree(), ONE_LANE_EACH);
            JdbcClient database = JdbcClient.create(city.database().administratorDataSource());
            postOneInEach(client, client.listGrids());
            SettledLedger.await(client);
            copyTasks(database);

            long overdue = database.sql("""
                            update dispatch.task
                            set dispatched_at = now() - interval '2 hours', acknowledge_by = now() - interval '1 hour'
                            where role <> 'NOTIFY'
                            """).update();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> number(database, MISSED.formatted("*")) > overdue / 10
                            && number(
                                            database,
                                            "select count(*) from dispatch.scheduled_task where picked and picked_by like '%-"
                                                    + second.pid() + "-%'")
                                    > 0);
            second.kill();
            assertThat(number(database, MISSED.formatted("*")))
                    .as("killed in the middle")
                    .isLessThan(overdue);
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            number(database, "select count(*) from dispatch.task where next_due_at <= now()") == 0);

            assertThat(number(database, MISSED.formatted("*"))).isEqualTo(overdue);
            assertThat(number(database, MISSED.formatted("distinct late ->> 'task'")))
                    .isEqualTo(overdue);
            assertThat(number(database, ESCALATED_ONCE)).isEqualTo(overdue);
        }
    }

    /** Ordinary emergencies: grid, street and district have to acknowledge each. */
    private static void postOneInEach(CityClient client, List<Place> grids) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < INCIDENTS; i++) {
            Place place = grids.get(i * grids.size() / INCIDENTS);
            lines.add(ReportLines.byWorker(UUID.randomUUID(), "power.outage", place, 5L)
                    .toString());
        }
        assertThat(client.postBatch(lines).get("accepted").asInt()).isEqualTo(INCIDENTS);
    }

    /** Thousands of them: copies of their rows, in the partitions of their own month. */
    private static void copyTasks(JdbcClient database) {
        for (String table : List.of("incident", "task")) {
            String ids = table.equals("incident") ? "id" : "incident_id, id";
            String columns =
                    database.sql("""
                            select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns
                            where table_schema = 'dispatch' and table_name = :table and is_generated = 'NEVER'
                              and column_name not in ('id', 'incident_id', 'number')
                            """).param("table", table).query(String.class).single();
            String copied = List.of(ids.split(", ")).stream()
                    .map(id ->
                            "overlay((md5(%1$s::text || n)::uuid)::text placing left(%1$s::text, 13) from 1 for 13)::uuid"
                                    .formatted(id))
                    .reduce((one, other) -> one + ", " + other)
                    .orElseThrow();
            database.sql(
                            "insert into dispatch.%s (%s, %s) select %s, %s from dispatch.%s, generate_series(1, :copies) as copy (n)"
                                    .formatted(table, columns, ids, columns, copied, table))
                    .param("copies", COPIES)
                    .update();
        }
    }

    private static long number(JdbcClient database, String sql) {
        return database.sql(sql).query(Long.class).single();
    }
}
