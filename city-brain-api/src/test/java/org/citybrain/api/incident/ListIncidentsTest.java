package org.citybrain.api.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.JsonNode;

class ListIncidentsTest {

    private static final Instant JUNE = Instant.parse("2026-06-30T23:59:59.999Z");
    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private Map<String, UUID> incidents = Map.of();

    @BeforeEach
    void store() {
        incidents = Map.of(
                "oldest", stored.incident(JUNE).level("IV").status("CLOSED").store(),
                "july", stored.incident(JULY).level("I").at(106.45, 29.45).store(),
                "lamp",
                        stored.incident(JULY.plusSeconds(60))
                                .everyday("city.street-lamp", "R1")
                                .grids(Stored.OTHER_GRID)
                                .status("IN_PROGRESS")
                                .store(),
                "border",
                        stored.incident(JULY.plusSeconds(120))
                                .type("gas.leak", "ACCIDENT")
                                .grids(Stored.GRID, Stored.OTHER_GRID)
                                .store(),
                "newest",
                        stored.incident(JULY.plusSeconds(180))
                                .status("FALSE_ALARM")
                                .store());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                      | newest border lamp july oldest
                    status=OPEN                             | border lamp july
                    status=OPEN,CLOSED                      | border lamp july oldest
                    status=FALSE_ALARM&status=IN_PROGRESS   | newest lamp
                    level=I                                 | july
                    level=I,IV                              | july oldest
                    scope=R1                                | lamp
                    scope=R2,R3                             | ''
                    type=gas.leak                           | border
                    type=gas.leak,city.street-lamp          | border lamp
                    category=EVERYDAY&category=ACCIDENT     | border lamp
                    unit=50                                 | newest border lamp july oldest
                    unit=500000                             | newest border lamp july oldest
                    unit=500117                             | border lamp
                    unit=500112001001001                    | newest border july oldest
                    unit=500112001002                       | ''
                    bbox=106.4,29.4,106.5,29.5              | july
                    bbox=106.45,29.45,106.45,29.45          | july
                    from=2026-07-01T00:00:00Z               | newest border lamp july
                    from=2026-07-01T00:00:00.001Z           | newest border lamp
                    to=2026-07-01T00:00:00Z                 | oldest
                    to=2026-07-01T00:00:00.001Z             | july oldest
                    from=2026-06-01T00:00:00Z&to=2026-07-01T00:02:00Z | lamp july oldest
                    level=II&status=OPEN&unit=500112        | border
                    """)
    void a_filter_leaves_what_it_names(String query, String expected) {
        Answer answer = api.get("/v1/incidents?" + query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.items("id")).isEqualTo(ids(expected));
        assertThat(answer.json().get("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    status=open             | status  | open
                    status=OPEN,            | status  | ''
                    level=V                 | level   | V
                    level=II&level=2        | level   | 2
                    scope=R4                | scope   | R4
                    type=Flood              | type    | Flood
                    category=FIRE           | category| FIRE
                    unit=5001               | unit    | 5001
                    unit=50x112             | unit    | 50x112
                    unit=500112&unit=500117 | unit    | 500112 and 500117
                    bbox=106,29,107         | bbox    | 106,29,107
                    bbox=107,29,106,30      | bbox    | 107,29,106,30
                    bbox=NaN,29,106,30      | bbox    | NaN,29,106,30
                    bbox=106,29,107,91      | bbox    | 106,29,107,91
                    from=yesterday          | from    | yesterday
                    from=2026-07-01         | from    | 2026-07-01
                    to=1969-12-31T23:59:59Z | to      | 1969-12-31T23:59:59Z
                    cursor=abc              | cursor  | abc
                    cursor=%21              | cursor  | !
                    limit=0                 | limit   | 0
                    limit=201               | limit   | 201
                    limit=many              | limit   | many
                    """)
    void a_bad_parameter_is_refused_with_its_value_and_what_was_expected(String query, String parameter, String value) {
        Answer answer = api.get("/v1/incidents?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
        JsonNode problem = answer.json();
        assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
        assertThat(problem.get("value").asString()).isEqualTo(value);
        assertThat(problem.get("expected").asString()).isNotBlank();
        assertThat(problem.get("detail").asString())
                .contains(problem.get("expected").asString());
    }

    @Test
    void an_empty_span_of_time_is_refused() {
        Answer answer = api.get("/v1/incidents?from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z");

        assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
        assertThat(answer.json().get("parameter").asString()).isEqualTo("from");
    }

    @Test
    void a_parameter_that_nobody_knows_is_refused_rather_than_ignored() {
        Answer answer = api.get("/v1/incidents?levels=I");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("UNKNOWN_PARAMETER");
        assertThat(answer.json().get("expected").asString()).contains("level", "status", "bbox");
    }

    @Test
    void an_item_tells_what_the_list_of_a_command_centre_shows() {
        JsonNode item = api.get("/v1/incidents?unit=500117&category=ACCIDENT")
                .json()
                .get("items")
                .get(0);

        assertThat(item.get("number").asString()).matches("20260701-[0-9]{6}");
        assertThat(item.get("typeNames").get("en").asString()).isEqualTo("Gas leak");
        assertThat(item.get("typeNames").get("zh-CN").asString()).isEqualTo("燃气泄漏");
        assertThat(item.get("peopleAffected").toString()).isEqualTo("{\"value\":640,\"basis\":\"REPORTED\"}");
        assertThat(item.get("grade").get("level").asString()).isEqualTo("II");
        assertThat(item.get("grade").get("policyVersion").asInt()).isEqualTo(1);
        assertThat(item.get("commandingUnit").toString())
                .isEqualTo("{\"code\":\"50\",\"name\":\"重庆市\",\"tier\":\"CITY\"}");
        assertThat(item.get("chain").valueStream().map(unit -> unit.get("name").asString()))
                .containsExactly("重庆市", "渝北区", "双凤桥街道", "空港社区", "空港第一网格");
    }

    @Test
    void units_are_named_as_they_were_when_the_incident_was_opened() {
        stored.jdbc().sql("delete from grid.unit_version where code = '500112'").update();
        stored.unitVersion("500112", "旧名", Instant.parse("2026-01-01T00:00:00Z"), JULY);
        stored.unitVersion("500112", "新名", JULY, null);

        assertThat(districtNames("status=CLOSED")).containsExactly("旧名");
        assertThat(districtNames("level=I")).containsExactly("新名");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void walking_the_pages_meets_every_incident_once_while_new_ones_are_opened(int limit) {
        List<String> there = new ArrayList<>(ids("newest border lamp july oldest"));
        for (int i = 0; i < 20; i++) { // many in one millisecond: the rest of the id decides
            there.add(stored.incident(JUNE.minusSeconds(1)).rest(20 - i).store().toString());
        }
        List<String> met = new ArrayList<>();
        String cursor = "";
        int opened = 0;
        do {
            Answer page = api.get("/v1/incidents?limit=" + limit + cursor);
            met.addAll(page.items("id"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            stored.incident(JULY.plusSeconds(1000 + opened++)).store();
        } while (!cursor.isEmpty());

        assertThat(met).isEqualTo(there);
    }

    @Test
    void a_month_is_read_from_its_own_partition() {
        Plan plan = Plan.of(
                api.database(),
                IncidentQueries.LIST,
                statement -> unfiltered(statement)
                        .param("from", JULY.minusSeconds(3600).atOffset(ZoneOffset.UTC))
                        .param("to", JULY.minusMillis(1).atOffset(ZoneOffset.UTC)));

        assertThat(plan.relationsRead())
                .filteredOn(name -> name.startsWith("incident_2"))
                .containsExactly("incident_2026_06");
    }

    @Test
    void of_one_status_no_more_are_read_than_are_shown() {
        // Of one status a thousand, and after each of them five that are over.
        storeSixThousand("""
                'status', case when n % 6 = 0 then 'DISPATCHED' else 'CLOSED' end,
                'closed_at', case when n % 6 = 0 then null else i.opened_at end""");

        Plan plan = planOf("statuses", "DISPATCHED");

        assertThat(plan.rowsRead("incident_2")).isBetween(51L, 60L);
    }

    @Test
    void a_type_that_hardly_ever_occurs_is_found_without_reading_the_others() {
        storeSixThousand("'type', case when n = 17 then 'geohazard.landslide' else i.type end");

        Plan plan = planOf("types", "geohazard.landslide");

        // A few of months in which little lies may be read besides.
        assertThat(plan.rowsRead("incident_2")).isBetween(1L, 20L);
    }

    @ParameterizedTest(name = "a reader of {0} asks for {1}")
    @CsvSource({"50, 500103001002001", "50, 500103001002", "500103, 500103001002001", "500103001002001, ''"})
    void of_a_grid_in_which_little_happens_no_others_are_read(String reached, String asked) {
        storeSixThousand(
                "'visible_to', case when n = 17 then array['50', '500103', '500103001', '500103001002', '500103001002001']"
                        + " else array['50', '500103', '500103001', '500103001001', '500103001001001'] end");

        Plan plan = Plan.of(
                api.database(),
                reached,
                IncidentQueries.LIST,
                statement -> unfiltered(statement)
                        .param("unit", asked.isEmpty() ? null : asked)
                        .param("from", null)
                        .param("to", null));

        // A few of months in which little lies may be read besides.
        assertThat(plan.rowsRead("incident_2")).isBetween(1L, 20L);
    }

    /** @param changed what of the n-th is other than of the first: names and values for {@code jsonb_build_object} */
    private void storeSixThousand(String changed) {
        stored.copies(stored.incident(JUNE.minusSeconds(1)).store(), 6000, changed);
    }

    private Plan planOf(String filter, String value) {
        return Plan.of(
                api.database(),
                IncidentQueries.LIST,
                statement -> unfiltered(statement)
                        .param(filter, new String[] {value})
                        .param("from", null)
                        .param("to", null));
    }

    @Test
    void a_page_of_many_takes_as_many_statements_as_a_page_of_one() {
        for (int i = 0; i < 100; i++) {
            stored.incident(JUNE.minusSeconds(1)).rest(i).store();
        }

        assertThat(api.statementsOf("/v1/incidents?limit=100"))
                .isEqualTo(api.statementsOf("/v1/incidents?limit=1"))
                .isEqualTo(2);
    }

    private static StatementSpec unfiltered(StatementSpec statement) {
        for (String name :
                List.of("unit", "west", "south", "east", "north", "before", "number", "numberFrom", "numberTo")) {
            statement = statement.param(name, null);
        }
        for (String name : List.of(
                "statuses", "levels", "scopes", "types", "categories", "foundTypes", "foundUnits", "foundIncidents")) {
            statement = statement.param(name, new String[0]);
        }
        return statement
                .param("searched", false)
                .param("ofIncidentsOnly", false)
                .param("rows", 51);
    }

    private List<String> districtNames(String query) {
        return api.get("/v1/incidents?" + query)
                .json()
                .get("items")
                .valueStream()
                .map(item -> item.get("chain").get(1).get("name").asString())
                .toList();
    }

    private List<String> ids(String names) {
        return names.isBlank()
                ? List.of()
                : List.of(names.split(" ")).stream()
                        .map(name -> incidents.get(name).toString())
                        .toList();
    }
}
