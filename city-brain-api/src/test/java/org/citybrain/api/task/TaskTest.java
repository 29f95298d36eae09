package org.citybrain.api.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.api.running.Plan;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TaskTest {

    private static final Instant JUNE = Instant.parse("2026-06-30T23:59:59.999Z");
    private static final Instant JULY = Instant.parse("2026-07-01T08:30:00Z");

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
        assertThat(api.get("/v1/tasks?mine=yes").reason()).isEqualTo("UNKNOWN_PARAMETER");
    }

    @Test
    void a_task_tells_who_is_to_do_what_until_when() {
        Answer answer = api.get("/v1/tasks/" + tasks.get("district"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.text()).isEqualTo("""
                        {"id":"%s","incidentId":"%s","version":3,"tier":"DISTRICT",\
                        "unit":{"code":"500112","name":"渝北区","tier":"DISTRICT"},"role":"COORDINATE","status":"DISPATCHED",\
                        "dispatchedAt":"2026-07-01T08:30:00Z","acknowledgeBy":"2026-07-01T08:33:00Z",\
                        "resolveBy":"2026-07-01T14:30:00Z","digest":false,"department":null,"board":null}""".formatted(tasks.get("district"), july));
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
            assertThat(plan.relationsRead()).contains("task" + month).allMatch(table -> table.endsWith(month));
        }
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
}
