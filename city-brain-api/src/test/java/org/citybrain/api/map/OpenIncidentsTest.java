package org.citybrain.api.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

class OpenIncidentsTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private Map<String, UUID> incidents = Map.of();

    @BeforeEach
    void store() {
        incidents = Map.of(
                "flood", stored.incident(OPENED).rest(1).store(),
                "fire",
                        stored.incident(OPENED)
                                .rest(2)
                                .type("fire.building", "ACCIDENT")
                                .level("I")
                                .grids(Stored.OTHER_GRID)
                                .store(),
                "lamp",
                        stored.incident(OPENED)
                                .rest(3)
                                .everyday("city.street-lamp", "R1")
                                .status("RESOLVED")
                                .store(),
                "noise",
                        stored.incident(OPENED)
                                .rest(4)
                                .everyday("city.noise", "R3")
                                .grids(Stored.OTHER_GRID, Stored.GRID)
                                .status("VERIFIED")
                                .store(),
                "closed",
                        stored.incident(OPENED)
                                .rest(5)
                                .level("I")
                                .status("CLOSED")
                                .store(),
                "false", stored.incident(OPENED).rest(6).status("FALSE_ALARM").store(),
                "merged", stored.incident(OPENED).rest(7).status("MERGED").store());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                 | fire flood noise lamp
                    unit=500112                        | flood noise lamp
                    unit=500117101                     | fire noise
                    level=I                            | fire
                    level=I,II                         | fire flood
                    type=city.noise&type=fire.building | fire noise
                    unit=500112&type=fire.building     | ''
                    """)
    void what_is_open_comes_with_the_gravest_first(String query, String expected) {
        assertThat(ids("?" + query)).isEqualTo(named(expected));
    }

    @Test
    void what_was_asked_for_by_id_and_is_not_open_is_absent() {
        String ids = incidents.values().stream().map(id -> "id=" + id).collect(Collectors.joining("&"));

        assertThat(ids("?" + ids)).isEqualTo(named("fire flood noise lamp"));
        assertThat(ids("?id=" + incidents.get("lamp") + "," + UUID.randomUUID()))
                .isEqualTo(named("lamp"));
    }

    @ParameterizedTest
    @CsvSource({
        "district-operator, 500112, OPERATOR, flood noise lamp",
        "other-operator, 500117, OPERATOR, fire noise",
        "grid-worker, 500117101201002, GRID_WORKER, fire noise",
        "department, 500117, DEPARTMENT, fire noise",
        "nobody, , OPERATOR, ''"
    })
    void each_sees_their_own_unit(String name, String unit, String role, String expected) {
        assertThat(ids(api.getAs(ISSUER.token(name, unit, role), "/v1/map/incidents")))
                .isEqualTo(named(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"level=R1", "unit=5", "type=Flood", "id=7", "limit=3"})
    void a_bad_parameter_is_refused(String query) {
        Answer answer = api.get("/v1/map/incidents?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asString()).isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void two_hundred_ids_may_be_asked_for_at_once_and_no_more() {
        String ids = IntStream.range(0, OpenIncidentFilter.MOST_IDS)
                .mapToObj(i -> UUID.randomUUID().toString())
                .collect(Collectors.joining("&id=", "?id=", ""));

        assertThat(ids(ids)).isEmpty();
        Answer answer = api.get("/v1/map/incidents" + ids + "," + UUID.randomUUID());
        assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
        assertThat(answer.json().get("value").asString()).isEqualTo("201 ids");
    }

    @Test
    void a_row_tells_what_its_columns_name() {
        UUID flood = incidents.get("flood");
        stored.task(flood, Stored.GRID, "EXECUTE", "DISPATCHED", 1);

        Answer answer = api.get("/v1/map/incidents?id=" + flood);

        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.text()).isEqualTo("""
                        {"asOf":"2026-07-15T10:20:30Z","columns":["id","number","longitude","latitude","level","scope","status","type",\
                        "peopleAffected","openedAt","dueFrom","dueAt","commandingUnit","gridCode","version"],\
                        "rows":[["%s","%s",106.55,29.55,"II",null,"DISPATCHED","flood.waterlogging",640,"2026-07-15T08:30:00Z",\
                        "2026-07-15T08:30:00Z","2026-07-15T08:33:00Z","50","500112001001001",2]],"truncated":false}""".formatted(
                flood, api.get("/v1/incidents/" + flood).json().get("number").asString()));
    }

    /** Stored tasks have 3 minutes to be acknowledged and 6 hours to be resolved. */
    @Test
    void the_deadline_that_runs_out_next_over_all_open_tasks_is_due() {
        UUID flood = incidents.get("flood");
        UUID city = stored.task(flood, "50", "COMMAND", "ACKNOWLEDGED", 1);
        UUID grid = stored.task(flood, Stored.GRID, "EXECUTE", "DISPATCHED", 2);
        stored.task(flood, "500112", "COORDINATE", "COMPLETED", 3);
        assertThat(due(flood)).isEqualTo("2026-07-15T08:30:00Z to 2026-07-15T08:33:00Z");

        change(grid, "acknowledge_from = '2026-07-15T09:00:00Z', acknowledge_by = '2026-07-15T09:10:00Z'");
        assertThat(due(flood)).as("given anew").isEqualTo("2026-07-15T09:00:00Z to 2026-07-15T09:10:00Z");

        change(grid, "status = 'IN_PROGRESS'");
        assertThat(due(flood)).as("to resolve").isEqualTo("2026-07-15T08:30:00Z to 2026-07-15T14:30:00Z");

        change(city, "resolve_from = '2026-07-15T08:40:00Z', resolve_by = '2026-07-15T12:00:00Z'");
        assertThat(due(flood)).as("tightened").isEqualTo("2026-07-15T08:40:00Z to 2026-07-15T12:00:00Z");

        change(city, "resolve_settled_for = resolve_by");
        change(grid, "status = 'RETURNED'");
        assertThat(due(flood)).as("nobody waits for either").isEqualTo("null to null");
    }

    @Test
    void the_whole_city_and_each_one_of_it_are_told_the_same_deadlines() {
        for (UUID incident : incidents.values()) {
            stored.task(incident, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
            stored.task(incident, Stored.OTHER_GRID, "EXECUTE", "RETURNED", 2);
            stored.task(incident, "50", "COMMAND", "IN_PROGRESS", 3);
        }
        String ids = incidents.values().stream().map(UUID::toString).collect(Collectors.joining(","));

        assertThat(rows(api.get("/v1/map/incidents"))).isEqualTo(rows(api.get("/v1/map/incidents?id=" + ids)));
    }

    @Test
    void among_equally_grave_ones_the_next_deadline_comes_first_and_those_without_one_last() {
        UUID earlier = stored.incident(OPENED.minusSeconds(60)).store();
        UUID later = stored.incident(OPENED.plusSeconds(60)).store();
        stored.task(later, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        stored.task(earlier, Stored.GRID, "EXECUTE", "ACKNOWLEDGED", 1);

        assertThat(ids("?level=II"))
                .containsExactly(
                        later.toString(),
                        earlier.toString(),
                        incidents.get("flood").toString());
    }

    @Test
    void however_many_there_are_it_takes_one_statement() {
        long one = api.statementsOf("/v1/map/incidents?id=" + incidents.get("flood"));
        for (int i = 0; i < 50; i++) {
            UUID more = stored.incident(OPENED.plusSeconds(i)).rest(100 + i).store();
            stored.task(more, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        }

        assertThat(rows(api.get("/v1/map/incidents"))).hasSize(54);
        assertThat(api.statementsOf("/v1/map/incidents")).isEqualTo(one).isEqualTo(1);
    }

    private void change(UUID task, String assignments) {
        stored.jdbc()
                .sql("update dispatch.task set " + assignments + " where id = :id")
                .param("id", task)
                .update();
    }

    private String due(UUID incident) {
        JsonNode row = rows(api.get("/v1/map/incidents?id=" + incident)).getFirst();
        return row.get(10).asString("null") + " to " + row.get(11).asString("null");
    }

    private List<String> ids(String query) {
        return ids(api.get("/v1/map/incidents" + query));
    }

    private static List<String> ids(Answer answer) {
        return rows(answer).stream().map(row -> row.get(0).asString()).toList();
    }

    private static List<JsonNode> rows(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("rows").valueStream().toList();
    }

    private List<String> named(String names) {
        return names.isEmpty()
                ? List.of()
                : List.of(names.split(" ")).stream()
                        .map(name -> incidents.get(name).toString())
                        .toList();
    }
}
