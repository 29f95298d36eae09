package org.citybrain.api.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What an app has missed, also while others write. */
class ChangesTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();
    private static final String WORKER = ISSUER.token("grid-worker", Stored.GRID, "GRID_WORKER");

    private static final String OTHER_WORKER = ISSUER.token("other-worker", Stored.OTHER_GRID, "GRID_WORKER");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final JdbcClient jdbc = stored.jdbc();
    private UUID here = UUID.randomUUID();
    private UUID there = UUID.randomUUID();
    private UUID task = UUID.randomUUID();

    @BeforeEach
    void store() {
        here = stored.incident(OPENED).rest(1).store();
        there = stored.incident(OPENED).rest(2).grids(Stored.OTHER_GRID).store();
        task = stored.task(here, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
    }

    @Test
    void the_beginning_is_ones_own_tasks_and_the_cursor_of_this_moment() {
        Stored.change(jdbc, here, "DISPATCHED", Stored.told(task, 3, Stored.GRID, "DISPATCHED"));

        Answer begin = api.getAs(WORKER, "/v1/changes");

        assertThat(begin.items("id")).containsExactly(task.toString());
        assertThat(begin.json().at("/items/0/state/incident/type").asString()).isEqualTo("flood.waterlogging");
        assertThat(begin.json().get("hasMore").asBoolean()).isFalse();
        assertThat(begin.json().get("moreTasks").isNull()).isTrue();
        assertThat(since(begin).items("id")).isEmpty();
    }

    @Test
    void the_beginning_is_after_the_last_transaction_by_its_number_and_not_by_its_text() {
        jdbc.sql("update dispatch.incident_event set transaction_id = '9' where incident_id = :id")
                .param("id", here)
                .update();
        Stored.change(jdbc, here, "REGRADED", "{}");

        assertThat(since(begin()).items("id")).isEmpty();
    }

    @Test
    void who_has_more_tasks_than_fit_is_told_where_the_list_goes_on() {
        UUID second = stored.task(here, Stored.GRID, "EXECUTE", "DISPATCHED", 2);

        Answer begin = api.getAs(WORKER, "/v1/changes?limit=1");

        String cursor = begin.json().get("moreTasks").asString();
        assertThat(begin.items("id")).containsExactly(task.toString());
        assertThat(api.getAs(WORKER, "/v1/tasks?mine=true&limit=1&cursor=" + cursor)
                        .items("id"))
                .containsExactly(second.toString());
    }

    @Test
    void what_changes_comes_once_in_the_state_that_the_lists_answer() {
        Answer begin = begin();
        Stored.change(jdbc, here, "REGRADED", "{}");
        moveTask("ACKNOWLEDGED");
        Stored.change(jdbc, here, "ACKNOWLEDGED", Stored.told(task, 4, Stored.GRID, "ACKNOWLEDGED"));

        Answer changes = since(begin);

        assertThat(changes.items("kind")).containsExactly("INCIDENT", "TASK");
        assertThat(changes.items("id")).containsExactly(here.toString(), task.toString());
        assertThat(changes.items("version")).containsExactly("4", "4");
        assertThat(changes.json().at("/items/0/state"))
                .isEqualTo(api.getAs(WORKER, "/v1/incidents").json().at("/items/0"));
        assertThat(changes.json().at("/items/1/state"))
                .isEqualTo(api.getAs(WORKER, "/v1/tasks/" + task).json());
        assertThat(since(changes).items("id")).isEmpty();
        assertThat(since(begin).text())
                .as("an answer that got lost is asked for again")
                .isEqualTo(changes.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MERGED", "NOTIFIED"})
    void a_report_that_is_merged_alone_is_no_change_nor_is_a_receipt(String kind) {
        Answer begin = begin();
        stored.event(here, kind, OPENED, 2, UUID.randomUUID());

        assertThat(since(begin).items("id")).isEmpty();
    }

    @Test
    void what_is_gone_leaves_a_tombstone() {
        Answer begin = begin();
        end(here, "MERGED", there);
        Stored.change(jdbc, here, "MERGED_INTO", "{}");
        moveTask("RETURNED");
        Stored.change(jdbc, here, "RETURNED", Stored.told(task, 4, Stored.GRID, "RETURNED"));

        JsonNode items = since(begin).json().get("items");

        assertThat(items.get(0).get("ended").asString()).isEqualTo("MERGED");
        assertThat(items.get(0).get("mergedInto").asString()).isEqualTo(there.toString());
        assertThat(items.get(1).get("ended").asString()).isEqualTo("RETURNED");
        assertThat(items.valueStream())
                .allMatch(item ->
                        item.get("deleted").asBoolean() && item.get("state").isNull());
    }

    @Test
    void a_false_alarm_is_gone_too() {
        Answer begin = begin();
        end(here, "FALSE_ALARM", null);
        Stored.change(jdbc, here, "MARKED_FALSE", "{}");

        assertThat(since(begin).items("ended")).containsExactly("FALSE_ALARM");
    }

    @Test
    void who_does_not_see_an_incident_any_more_is_told_that_and_nothing_else() {
        Answer begin = begin();
        Answer otherBegin = api.getAs(OTHER_WORKER, "/v1/changes");
        jdbc.sql("update dispatch.incident set visible_to = '{50,500117}' where id = :id")
                .param("id", here)
                .update();
        jdbc.sql("delete from dispatch.task where incident_id = :id")
                .param("id", here)
                .update();
        Stored.change(jdbc, here, "SPLIT", "{}");

        JsonNode items = since(begin).json().get("items");

        assertThat(items.toString())
                .isEqualTo(
                        "[{\"kind\":\"INCIDENT\",\"id\":\"%s\",\"version\":3,\"deleted\":true,\"state\":null,\"ended\":\"OUT_OF_REACH\",\"mergedInto\":null}]"
                                .formatted(here));
        assertThat(api.getAs(OTHER_WORKER, since(otherBegin, "")).items("id"))
                .as("who never saw it")
                .isEmpty();
    }

    @Test
    void who_lost_sight_of_an_incident_is_told_so_once_however_often_it_changes_after() {
        Answer begin = begin();
        jdbc.sql("update dispatch.incident set visible_to = '{50,500117}' where id = :id")
                .param("id", here)
                .update();
        Stored.change(jdbc, here, "SPLIT", "{}");
        Answer told = since(begin);
        Stored.change(jdbc, here, "REGRADED", "{}");
        jdbc.sql("update dispatch.incident set visible_to = '{50}' where id = :id")
                .param("id", here)
                .update();
        Stored.change(jdbc, here, "REGRADED", "{}");

        assertThat(told.items("ended")).contains("OUT_OF_REACH");
        assertThat(since(told).items("id")).isEmpty();
        assertThat(since(begin).items("ended")).containsOnlyOnce("OUT_OF_REACH");
    }

    @Test
    void another_units_changes_move_the_cursor_and_show_nothing() {
        Answer begin = begin();
        Answer cityBegin = api.get("/v1/changes");
        Stored.change(jdbc, there, "REGRADED", "{}");

        Answer changes = since(begin);

        assertThat(changes.items("id")).isEmpty();
        assertThat(place(changes)).isNotEqualTo(place(begin));
        assertThat(api.get("/v1/changes?since=" + cursor(cityBegin)).items("id"))
                .containsExactly(there.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void pages_end_also_amid_what_one_line_tells_and_nothing_is_lost_or_repeated_there(int limit) {
        Answer begin = begin();
        List<String> expected = new ArrayList<>();
        StringBuilder told = new StringBuilder();
        for (int i = 2; i < 9; i++) {
            UUID id = stored.task(here, Stored.GRID, "EXECUTE", "DISPATCHED", i);
            told.append(i == 2 ? "" : ",").append("{\"id\": \"%s\", \"version\": 3}".formatted(id));
            expected.add(id.toString());
        }
        Stored.change(jdbc, here, "DISPATCHED", "{\"tasks\": [" + told + "]}");
        expected.addFirst(here.toString());

        List<String> met = new ArrayList<>();
        Answer page = begin;
        do {
            page = api.getAs(WORKER, since(page, "&limit=" + limit));
            met.addAll(page.items("id"));
        } while (page.json().get("hasMore").asBoolean());

        assertThat(met).isEqualTo(expected);
    }

    @Test
    void what_is_written_by_an_older_transaction_that_commits_later_is_not_missed() {
        TransactionTemplate older = transaction();
        Answer begin = api.get("/v1/changes");
        List<Answer> between = new ArrayList<>();
        older.executeWithoutResult(open -> {
            Stored.change(JdbcClient.create(dataSource(older)), here, "REGRADED", "{}");
            Stored.change(jdbc, there, "REGRADED", "{}");
            between.add(api.get("/v1/changes?since=" + cursor(begin)));
        });

        assertThat(between.getFirst().items("id"))
                .as("nothing counts while an older transaction is open")
                .isEmpty();
        assertThat(api.get("/v1/changes?since=" + cursor(between.getFirst())).items("id"))
                .containsExactly(here.toString(), there.toString());
    }

    @Test
    void while_many_write_at_the_same_time_no_version_comes_twice_and_every_last_one_comes() throws Exception {
        int writers = 6;
        int changes = 60;
        Answer begin = api.get("/v1/changes");
        List<UUID> incidents = new ArrayList<>(List.of(here, there));
        for (int i = 0; i < 10; i++) {
            incidents.add(stored.incident(OPENED).rest(10 + i).store());
        }
        Map<String, Integer> seen = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        String cursor = cursor(begin);
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                Random random = new Random(4_711 + w);
                running.add(pool.submit(() -> write(random, changes, incidents)));
            }
            boolean more = true;
            boolean writing = true;
            while (writing || more) {
                writing = running.stream().anyMatch(writer -> !writer.isDone());
                JsonNode page = api.get("/v1/changes?limit=3&since=" + cursor).json();
                for (JsonNode item : page.get("items")) {
                    String id = item.get("id").asString();
                    int version = item.get("version").asInt();
                    if (seen.getOrDefault(id, 0) >= version) {
                        repeated.add(id + " " + version);
                    }
                    seen.merge(id, version, Math::max);
                }
                cursor = page.get("nextCursor").asString();
                more = page.get("hasMore").asBoolean();
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        }

        Map<String, Integer> stored = new HashMap<>();
        jdbc.sql("select id, version from dispatch.incident where version > 2")
                .query((row, i) -> stored.put(row.getString("id"), row.getInt("version")))
                .list();
        assertThat(repeated).isEmpty();
        assertThat(stored).hasSizeGreaterThan(10);
        assertThat(seen).isEqualTo(stored);
    }

    @Test
    void every_line_of_the_timeline_is_met_once_while_many_write() throws Exception {
        TimelineQueries timeline = new TimelineQueries(
                JdbcClient.create(api.database().dataSource(ServiceLogin.API)),
                Clock.fixed(RunningApi.NOW, ZoneOffset.UTC));
        ChangeCursor place = timeline.head();
        Set<Long> met = new HashSet<>();
        int steps = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                Random random = new Random(w);
                running.add(pool.submit(() -> write(random, 50, List.of(here, there))));
            }
            boolean writing = true;
            boolean full = true;
            while (writing || full) {
                writing = running.stream().anyMatch(writer -> !writer.isDone());
                TimelineQueries.Window window = timeline.window(place, 1);
                full = window.full();
                if (full) {
                    assertThat(met.add(window.end().sequence())).isTrue();
                    steps++;
                }
                place = window.end();
            }
        }

        assertThat(steps).isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from dispatch.incident_event")
                        .query(Long.class)
                        .single())
                .isEqualTo(200);
    }

    @Test
    void a_cursor_that_is_too_old_or_of_another_database_is_gone() {
        String reach = cursor(api.get("/v1/changes")).replaceFirst(".*\\.", ".");
        String now = RunningApi.NOW.getEpochSecond() + reach;
        String weekAgo = RunningApi.NOW.getEpochSecond() - 7 * 86_400 - 1 + reach;

        for (String cursor : List.of("5.7.f." + weekAgo, "999999999999.7.f." + now)) {
            Answer answer = api.get("/v1/changes?since=" + cursor);
            assertThat(answer.status()).as(cursor).isEqualTo(410);
            assertThat(answer.reason()).isEqualTo("CURSOR_TOO_OLD");
            assertThat(answer.json().get("detail").asString()).contains("begin anew, without 'since'");
        }
    }

    @Test
    void a_cursor_is_good_for_the_unit_and_the_department_that_it_was_given_for() {
        String begin = since(begin(), "");

        for (String moved : List.of(
                ISSUER.token("grid-worker", Stored.OTHER_GRID, "GRID_WORKER"),
                ISSUER.tokenOfDepartment("grid-worker", Stored.GRID, "500112-water"))) {
            Answer answer = api.getAs(moved, begin);
            assertThat(answer.status()).isEqualTo(410);
            assertThat(answer.reason()).isEqualTo("CURSOR_TOO_OLD");
            assertThat(answer.json().get("detail").asString()).contains("another unit or department");
        }
        assertThat(api.getAs(ISSUER.token("colleague", Stored.GRID, "GRID_WORKER"), begin)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=",
                "since=abc",
                "since=1.2.3",
                "since=1.2.f.-4",
                "since=1.2.f.4",
                "since=1.2.f.-4.00000000",
                "since=1.2.f.4.0000000g",
                "limit=0"
            })
    void a_bad_parameter_is_refused(String query) {
        assertThat(api.get("/v1/changes?" + query).reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void many_changes_take_as_many_statements_as_one() {
        String since = "/v1/changes?limit=200&since=" + cursor(api.get("/v1/changes"));
        Stored.change(jdbc, here, "REGRADED", "{}");
        long one = api.statementsOf(since);
        for (int i = 0; i < 100; i++) {
            Stored.change(jdbc, stored.incident(OPENED).rest(100 + i).store(), "REGRADED", "{}");
        }

        assertThat(api.get(since).items("id")).hasSize(101);
        assertThat(api.statementsOf(since)).isEqualTo(one).isLessThanOrEqualTo(6);
    }

    @Test
    void a_stretch_of_the_timeline_is_read_by_its_index_also_by_who_sees_little_of_it() {
        ChangeCursor from = GivenCursor.parse(cursor(begin())).place();
        for (UUID incident : List.of(there, here)) {
            for (int i = 0; i < 20; i++) {
                jdbc.sql("""
                                insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,
                                    commanding_unit, report_count, people_affected, area_km2, detail)
                                select :id, '2026-07-15T10:20:30Z', case n % 5 when 0 then 'GRADED' else 'MERGED' end, 2, 'rule:correlation@1',
                                    'DISPATCHED', '50', n, 640, 0.05, '{}'
                                from generate_series(1, 1000) n
                                """).param("id", incident).update();
            }
        }
        jdbc.sql("analyze dispatch.incident_event").update();
        jdbc.sql("analyze dispatch.incident").update();
        JdbcClient reader = JdbcClient.create(new SingleConnectionDataSource(
                api.database().jdbcUrl(),
                ServiceLogin.API.role(),
                api.database().password(ServiceLogin.API),
                true));
        reader.sql("select set_config('city_brain.unit', :unit, false)")
                .param("unit", Stored.GRID)
                .query()
                .singleRow();
        ChangeCursor last = new TimelineQueries(reader, Clock.systemUTC())
                .window(from, 5_000)
                .end();

        for (String sql : List.of(ChangeQueries.INCIDENTS, ChangeQueries.TASKS)) {
            String plan = String.join(
                    "\n",
                    reader.sql("explain (analyze, costs off) " + sql)
                            .param("transaction", from.transaction())
                            .param("sequence", from.sequence())
                            .param("lastTransaction", last.transaction())
                            .param("lastSequence", last.sequence())
                            .param("thing", from.thing())
                            .param("rows", 51)
                            .query(String.class)
                            .list());
            assertThat(plan)
                    .contains("incident_event_2026_07_transaction_id_sequence_idx")
                    .doesNotContain("Seq Scan on incident_event_2026_07");
        }
    }

    private Void write(Random random, int changes, List<UUID> incidents) {
        TransactionTemplate transaction = transaction();
        JdbcClient own = JdbcClient.create(dataSource(transaction));
        for (int i = 0; i < changes; i++) {
            UUID incident = incidents.get(random.nextInt(incidents.size()));
            transaction.executeWithoutResult(open -> {
                own.sql("select pg_advisory_xact_lock(:key)")
                        .param("key", incident.getLeastSignificantBits())
                        .query()
                        .listOfRows();
                Stored.change(own, incident, "REGRADED", "{}");
            });
        }
        return null;
    }

    private void moveTask(String status) {
        jdbc.sql("update dispatch.task set version = version + 1, status = :status where id = :id")
                .param("status", status)
                .param("id", task)
                .update();
    }

    private void end(UUID incident, String status, UUID into) {
        jdbc.sql("""
                        update dispatch.incident set status = :status, closed_at = opened_at, merged_into = :into::uuid where id = :id
                        """)
                .param("status", status)
                .param("into", into == null ? null : into.toString())
                .param("id", incident)
                .update();
    }

    private TransactionTemplate transaction() {
        var own = new SimpleDriverDataSource(
                new Driver(),
                api.database().jdbcUrl(),
                api.database().administrator(),
                api.database().administratorPassword());
        return new TransactionTemplate(new DataSourceTransactionManager(own));
    }

    private static DataSource dataSource(TransactionTemplate transaction) {
        return ((DataSourceTransactionManager) transaction.getTransactionManager()).getDataSource();
    }

    private Answer begin() {
        return api.getAs(WORKER, "/v1/changes");
    }

    private Answer since(Answer before) {
        return api.getAs(WORKER, since(before, ""));
    }

    private static String since(Answer before, String more) {
        return "/v1/changes?since=" + cursor(before) + more;
    }

    private static String cursor(Answer answer) {
        return answer.json().get("nextCursor").asString();
    }

    /** Without when and for whom it was given out. */
    private static String place(Answer answer) {
        return cursor(answer).replaceFirst("\\.[0-9]+\\.[0-9a-f]+$", "");
    }
}
