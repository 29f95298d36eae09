package org.citybrain.api.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.api.running.Plan;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TaskTest {

    private static final Instant JUNE = Instant.parse("2026-06-30T23:59:59.999Z");
    private static final Instant JULY = Instant.parse("2026-07-01T08:30:00Z");

    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private UUID june = UUID.randomUUID();
    private UUID july = UUID.randomUUID();
    private Map<String, UUID> tasks = Map.of();

    @BeforeEach
    void store() {
        june = stored.incident(JUNE).store();
        july = stored.incident(JULY).store();
        tasks = Map.of(
                "old", stored.task(june, Stored.GRID, "EXECUTE", "COMPLETED", 1),
                "city", stored.task(july, "50", "COMMAND", "ACKNOWLEDGED", 5),
                "district", stored.task(july, "500112", "COORDINATE", "DISPATCHED", 4),
                "notice", stored.task(july, "500112001", "NOTIFY", "DISPATCHED", 3),
                "grid", stored.task(july, Stored.GRID, "EXECUTE", "RETURNED", 2),
                "other", stored.task(july, Stored.OTHER_GRID, "EXECUTE", "IN_PROGRESS", 1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                          | city district notice grid other old
                    status=OPEN                 | city district notice other
                    status=COMPLETED,RETURNED   | grid old
                    status=OPEN&status=RETURNED | city district notice grid other
                    unit=50                     | city district notice grid other old
                    unit=500000                 | city district notice grid other old
                    unit=500112                 | district notice grid old
                    unit=500112&status=OPEN     | district notice
                    unit=500112&tier=GRID       | grid old
                    tier=CITY,DISTRICT          | city district
                    role=EXECUTE&role=NOTIFY    | notice grid other old
                    """)
    void a_filter_leaves_what_it_names(String query, String expected) {
        Answer answer = api.get("/v1/tasks?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.items("id")).isEqualTo(ids(expected));
    }

    @Test
    void the_tasks_of_one_incident_can_be_asked_for() {
        assertThat(api.get("/v1/tasks?incident=" + june).items("id")).isEqualTo(ids("old"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=CLOSED",
                "tier=VILLAGE",
                "role=HELP",
                "unit=5",
                "incident=7",
                "cursor=YWJj",
                "limit=-1",
                "mine=yes",
                "status="
            })
    void a_bad_parameter_is_refused(String query) {
        Answer answer = api.get("/v1/tasks?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
        assertThat(answer.json().get("parameter").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void a_parameter_that_nobody_knows_is_refused_rather_than_ignored() {
        assertThat(api.get("/v1/tasks?own=true").reason()).isEqualTo("UNKNOWN_PARAMETER");
    }

    @Test
    void a_task_tells_who_is_to_do_what_until_when() {
        Answer answer = api.get("/v1/tasks/" + tasks.get("district"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.text()).startsWith("""
                        {"id":"%s","incidentId":"%s","incident":{"number":"%s","type":"flood.waterlogging",\
                        "typeNames":{"zh-CN":"内涝积水","en":"Waterlogging"},"status":"DISPATCHED","version":2,"level":"II","scope":null,\
                        "location":{"longitude":106.55,"latitude":29.55},\
                        "grid":{"code":"500112001001001","name":"空港第一网格","tier":"GRID"}},"version":3,"tier":"DISTRICT",\
                        "unit":{"code":"500112","name":"渝北区","tier":"DISTRICT"},"role":"COORDINATE","status":"DISPATCHED",\
                        "dispatchedAt":"2026-07-01T08:30:00Z","acknowledgeBy":"2026-07-01T08:33:00Z",\
                        "resolveBy":"2026-07-01T14:30:00Z","dueFrom":"2026-07-01T08:30:00Z",\
                        "dueAt":"2026-07-01T08:33:00Z","situationReportBy":null,"digest":false,"department":null,"board":null,"allowed":["acknowledge",""".formatted(
                        tasks.get("district"),
                        july,
                        answer.json().at("/incident/number").asString()));
    }

    @Test
    void nothing_is_offered_that_the_incidents_status_refuses() {
        stored.jdbc()
                .sql("update dispatch.incident set status = 'RESOLVED' where id = :id")
                .param("id", july)
                .update();
        assertThat(allowed("district")).contains("acknowledge").doesNotContain("return");

        stored.jdbc()
                .sql("update dispatch.incident set status = 'CLOSED', closed_at = now() where id = :id")
                .param("id", july)
                .update();
        assertThat(allowed("district")).isEmpty();
    }

    @Test
    void a_light_counts_from_when_its_deadline_was_given() {
        stored.jdbc().sql("""
                        update dispatch.task set acknowledge_by = '2026-07-01T09:05:00Z', acknowledge_from = '2026-07-01T09:00:00Z',
                               resolve_from = '2026-07-01T09:10:00Z'
                        where id = :id""").param("id", tasks.get("district")).update();
        assertThat(due("district")).as("a tighter one").containsExactly("2026-07-01T09:00:00Z", "2026-07-01T09:05:00Z");

        stored.jdbc()
                .sql("update dispatch.task set status = 'ACKNOWLEDGED' where id = :id")
                .param("id", tasks.get("district"))
                .update();
        assertThat(due("district")).as("to resolve").containsExactly("2026-07-01T09:10:00Z", "2026-07-01T14:30:00Z");

        stored.jdbc()
                .sql("update dispatch.task set status = 'COMPLETED' where id = :id")
                .param("id", tasks.get("district"))
                .update();
        assertThat(due("district")).as("done").containsExactly("", "");
    }

    private List<String> due(String task) {
        JsonNode one = api.get("/v1/tasks/" + tasks.get(task)).json();
        assertThat(api.get("/v1/tasks?incident=" + july).json().get("items"))
                .as("the list says the same")
                .anySatisfy(other -> {
                    assertThat(other.get("id")).isEqualTo(one.get("id"));
                    assertThat(other.get("dueFrom")).isEqualTo(one.get("dueFrom"));
                    assertThat(other.get("dueAt")).isEqualTo(one.get("dueAt"));
                });
        return List.of(one.get("dueFrom").asString(""), one.get("dueAt").asString(""));
    }

    private List<String> allowed(String task) {
        return api.get("/v1/tasks/" + tasks.get(task))
                .json()
                .get("allowed")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void the_command_of_a_grave_incident_says_when_the_next_situation_report_is_due() {
        UUID command = tasks.get("city");
        assertThat(api.get("/v1/tasks/" + command)
                        .json()
                        .get("situationReportBy")
                        .isNull())
                .as("not planned yet")
                .isTrue();
        stored.jdbc()
                .sql(
                        "update dispatch.incident set situation_planned_for = level, situation_due_at = '2026-07-01T10:30:00Z'")
                .update();

        assertThat(api.get("/v1/tasks/" + command)
                        .json()
                        .get("situationReportBy")
                        .asString())
                .isEqualTo("2026-07-01T10:30:00Z");
        assertThat(api.get("/v1/tasks/" + tasks.get("district"))
                        .json()
                        .get("situationReportBy")
                        .isNull())
                .as("of those who are not in command")
                .isTrue();
        assertThat(api.get("/v1/incidents/" + july)
                        .json()
                        .get("nextSituationReportBy")
                        .asString())
                .isEqualTo("2026-07-01T10:30:00Z");
        stored.jdbc().sql("update dispatch.incident set status = 'RESOLVED'").update();
        assertThat(api.get("/v1/tasks/" + command)
                        .json()
                        .get("situationReportBy")
                        .isNull())
                .as("not any more")
                .isTrue();
    }

    @Test
    void a_task_of_a_department_says_whose_it_is_and_a_streets_names_its_board() {
        stored.jdbc()
                .sql(
                        "update dispatch.task set department_code = '500112-fire', department_name = '消防救援支队' where id = :id")
                .param("id", tasks.get("district"))
                .update();
        stored.jdbc()
                .sql("update dispatch.task set board = 'LIVELIHOOD' where id = :id")
                .param("id", tasks.get("notice"))
                .update();

        assertThat(api.get("/v1/tasks/" + tasks.get("district"))
                        .json()
                        .get("department")
                        .toString())
                .isEqualTo("{\"code\":\"500112-fire\",\"name\":\"消防救援支队\"}");
        assertThat(api.get("/v1/tasks?department=500112-fire").items("id")).isEqualTo(ids("district"));
        assertThat(api.get("/v1/tasks?department=500112-water").items("id")).isEmpty();
        assertThat(api.get("/v1/tasks?department=").reason()).isEqualTo("BAD_PARAMETER");
        JsonNode ofIncident = api.get("/v1/incidents/" + july).json().get("tasks");
        assertThat(ofIncident.findValuesAsString("board")).contains("LIVELIHOOD");
        assertThat(ofIncident.get(1).at("/department/name").asString()).isEqualTo("消防救援支队");
    }

    @Test
    void an_unknown_task_is_not_found_and_no_id_is_refused() {
        assertThat(api.get("/v1/tasks/" + UUID.randomUUID()).reason()).isEqualTo("NOT_FOUND");
        assertThat(api.get("/v1/tasks/ffffffff-ffff-ffff-ffff-ffffffffffff").reason())
                .isEqualTo("NOT_FOUND");
        assertThat(api.get("/v1/tasks/seventeen").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void a_look_up_by_id_reads_one_partition_by_its_primary_key() {
        for (String name : List.of("old", "city")) {
            UUID id = tasks.get(name);
            Plan plan = Plan.of(
                    api.database(),
                    TaskQueries.ONE,
                    statement -> statement
                            .param("id", id)
                            .param("lowestIncident", TaskQueries.lowestOfSameMillisecond(id))
                            .param("highestIncident", TaskQueries.highestOfSameMillisecond(id)));

            String month = name.equals("old") ? "_2026_06" : "_2026_07";
            assertThat(plan.relationsRead())
                    .filteredOn(table -> table.startsWith("task") || table.startsWith("incident"))
                    .containsExactlyInAnyOrder("incident" + month, "task" + month);
        }
    }

    @ParameterizedTest(name = "a reader of {0} asks for {1}")
    @CsvSource({"50, 500103001002001", "500103001002001, ''"})
    void of_a_grid_in_which_little_happens_no_others_are_read(String reached, String asked) {
        stored.copies(july, 6000, """
                'visible_to', case when n = 17 then array['50', '500103', '500103001', '500103001002', '500103001002001']
                              else array['50', '500103', '500103001', '500103001001', '500103001001001'] end""");
        String columns = stored.jdbc().sql("""
                        select string_agg(column_name, ', ') from information_schema.columns
                        where table_schema = 'dispatch' and table_name = 'task' and is_generated = 'NEVER'
                        """).query(String.class).single();
        stored.jdbc().sql("""
                        insert into dispatch.task (%1$s)
                        select %1$s
                        from (select made.*
                              from dispatch.task t
                              join dispatch.incident i on left(i.id::text, 24) = left(t.incident_id::text, 24) and i.id <> t.incident_id
                              cross join lateral jsonb_populate_record(t, jsonb_build_object(
                                  'incident_id', i.id, 'id', left(t.id::text, 24) || right(i.id::text, 12),
                                  'unit_code', i.visible_to[5], 'status', 'COMPLETED')) made
                              where t.id = :id) made
                        """.formatted(columns)).param("id", tasks.get("grid")).update();
        stored.jdbc().sql("analyze dispatch.task").update();

        Plan plan = Plan.of(
                api.database(),
                reached,
                TaskQueries.LIST_OF_FEW,
                statement -> statement
                        .param("statuses", new String[0])
                        .param("openOnly", false)
                        .param("tiers", new String[0])
                        .param("roles", new String[0])
                        .param("unit", asked.isEmpty() ? null : asked)
                        .param("department", null)
                        .param("incidentId", null)
                        .param("beforeIncident", null)
                        .param("beforeId", null)
                        .param("rows", 51));

        assertThat(plan.root().get("Actual Rows").asInt()).isEqualTo(1);
        assertThat(plan.rowsRead("task_2")).isBetween(1L, 20L);
        assertThat(plan.rowsRead("incident_2")).isBetween(1L, 40L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 200})
    void walking_the_pages_meets_every_task_once_while_new_ones_are_dispatched(int limit) {
        List<String> met = new ArrayList<>();
        String cursor = "";
        int opened = 0;
        do {
            Answer page = api.get("/v1/tasks?limit=" + limit + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            UUID newer = stored.incident(JULY.plusSeconds(++opened)).store();
            stored.task(newer, "50", "COMMAND", "DISPATCHED", 1);
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(ids("city district notice grid other old"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void walking_the_pages_of_a_grids_tasks_meets_each_once(int limit) {
        String ofGrid = "/v1/tasks?unit=" + Stored.GRID + "&limit=";
        for (int i = 1; i <= 5; i++) {
            stored.task(stored.incident(JULY.plusSeconds(i)).store(), Stored.GRID, "EXECUTE", "COMPLETED", 20 + i);
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get(ofGrid + limit + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met)
                .isEqualTo(api.get(ofGrid + 200).items("id"))
                .hasSize(7)
                .endsWith(ids("grid old").toArray(String[]::new));
    }

    @Test
    void a_page_of_many_takes_as_many_statements_as_a_page_of_one() {
        for (int i = 10; i < 110; i++) {
            stored.task(july, i % 2 == 0 ? Stored.GRID : Stored.OTHER_GRID, "EXECUTE", "DISPATCHED", i);
        }
        assertThat(new HashSet<>(api.get("/v1/tasks?limit=100").items("id"))).hasSize(100);

        assertThat(api.statementsOf("/v1/tasks?limit=100"))
                .isEqualTo(api.statementsOf("/v1/tasks?limit=1"))
                .isEqualTo(2);
    }

    private List<String> ids(String names) {
        return List.of(names.split(" ")).stream()
                .map(name -> tasks.get(name).toString())
                .toList();
    }

    @Test
    void ones_own_tasks_come_in_the_order_of_their_next_deadline() {
        UUID early = stored.incident(JULY.minusSeconds(60)).store();
        UUID taken = stored.task(early, Stored.GRID, "EXECUTE", "ACKNOWLEDGED", 1); // to resolve at 14:29
        UUID late = stored.incident(JULY.plusSeconds(60)).store();
        UUID asked = stored.task(late, Stored.GRID, "EXECUTE", "DISPATCHED", 1); // to acknowledge at 8:34
        UUID soon = stored.task(july, Stored.GRID, "EXECUTE", "DISPATCHED", 9); // to acknowledge at 8:33
        UUID notice = stored.task(early, Stored.GRID, "NOTIFY", "IN_PROGRESS", 2);
        stored.jdbc()
                .sql("update dispatch.task set resolve_by = null where id = :id")
                .param("id", notice)
                .update();

        assertThat(mine("").items("id")).isEqualTo(texts(soon, asked, taken, notice));
        assertThat(mine("&status=DISPATCHED").items("id")).isEqualTo(texts(soon, asked));
        assertThat(mine("&status=COMPLETED,RETURNED").items("id")).isEqualTo(ids("old grid"));
        JsonNode about = mine("").json().at("/items/0/incident");
        assertThat(about.get("type").asString()).isEqualTo("flood.waterlogging");
        assertThat(about.at("/grid/name").asString()).isEqualTo("空港第一网格");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 50})
    void walking_the_pages_of_ones_own_tasks_meets_each_once(int limit) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            UUID incident = stored.incident(JULY.plusSeconds(i / 3)).rest(i + 1).store();
            expected.add(stored.task(incident, Stored.GRID, "EXECUTE", "DISPATCHED", i)
                    .toString());
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = mine("&limit=" + limit + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(expected);
    }

    @Test
    void who_serves_a_department_has_its_tasks_and_not_those_of_the_unit() {
        stored.jdbc()
                .sql(
                        "update dispatch.task set department_code = '500112-fire', department_name = '消防救援支队' where id = :id")
                .param("id", tasks.get("district"))
                .update();
        UUID unitsOwn = stored.task(june, "500112", "COMMAND", "DISPATCHED", 8);

        assertThat(mineOf(department("fire", "500112-fire"), "").items("id")).isEqualTo(ids("district"));
        assertThat(mineOf(department("water", "500112-water"), "").items("id")).isEmpty();
        assertThat(mineOf(ISSUER.token("district-operator", "500112", "OPERATOR"), "")
                        .items("id"))
                .isEqualTo(texts(unitsOwn));
        assertThat(mineOf(ISSUER.token("any", "500112", "DEPARTMENT"), "").items("id"))
                .as("serves no department by name")
                .isEqualTo(ids("district"));
        assertThat(mineOf(ISSUER.token("new-worker", null, "GRID_WORKER"), "").items("id"))
                .isEmpty();
    }

    @Test
    void ones_own_tasks_take_two_statements_and_no_other_filter() {
        assertThat(api.statementsOf("/v1/tasks?mine=true&limit=100")).isEqualTo(2);
        assertThat(mine("&unit=50").reason()).isEqualTo("UNKNOWN_PARAMETER");
    }

    private Answer mine(String more) {
        return mineOf(ISSUER.token("grid-worker", Stored.GRID, "GRID_WORKER"), more);
    }

    private Answer mineOf(String token, String more) {
        return api.getAs(token, "/v1/tasks?mine=true" + more);
    }

    private static String department(String name, String department) {
        return ISSUER.sign(ISSUER.claims(name, "500112", "DEPARTMENT")
                .claim("department", department)
                .build());
    }

    private static List<String> texts(UUID... ids) {
        return Arrays.stream(ids).map(UUID::toString).toList();
    }
}
