package org.citybrain.api.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GetIncidentTest {

    private static final Instant OPENED = Instant.parse("2026-07-01T08:30:00.250Z");

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();

    @Test
    void what_is_of_an_archived_month_is_gone_and_what_never_was_is_not_found() {
        Instant archived = Instant.parse("2025-03-10T08:30:00Z");
        stored.archived(archived);

        for (String path : List.of("/v1/incidents/%s", "/v1/incidents/%s/timeline", "/v1/tasks/%s")) {
            Answer gone = api.get(path.formatted(Stored.idAt(archived, 1)));
            assertThat(gone.status()).as(gone.text()).isEqualTo(410);
            assertThat(gone.json().get("reason").asString()).isEqualTo("ARCHIVED");
            assertThat(gone.json().get("detail").asString()).contains("2025-03").contains("archive");

            Answer never = api.get(path.formatted(Stored.idAt(Instant.parse("2025-04-01T00:00:00Z"), 1)));
            assertThat(never.status()).as(never.text()).isEqualTo(404);
        }
    }

    @Test
    void an_incident_is_the_whole_object_of_the_contract() {
        UUID id = stored.incident(OPENED)
                .footprint("POLYGON((106.5 29.5, 106.6 29.5, 106.6 29.6, 106.5 29.5))")
                .store();
        stored.task(id, Stored.GRID, "EXECUTE", "DISPATCHED", 2);
        stored.task(id, "50", "COMMAND", "ACKNOWLEDGED", 1);
        stored.task(id, "500112001001", "NOTIFY", "DISPATCHED", 3);

        Answer answer = api.get("/v1/incidents/" + id);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"2\"");
        JsonNode incident = answer.json();
        assertThat(incident.propertyNames())
                .containsExactly(
                        "id",
                        "number",
                        "type",
                        "typeNames",
                        "category",
                        "board",
                        "status",
                        "version",
                        "openedAt",
                        "closedAt",
                        "mergedInto",
                        "location",
                        "locationUnit",
                        "footprint",
                        "areaSquareKilometers",
                        "peopleAffected",
                        "grade",
                        "commandingUnit",
                        "nextSituationReportBy",
                        "chain",
                        "shares",
                        "tasks",
                        "checkIns",
                        "feedback",
                        "picture",
                        "reportCount",
                        "allowed");
        assertThat(incident.get("allowed").valueStream().map(JsonNode::asString))
                .contains("confirm", "regrade", "mobilise", "notes")
                .doesNotContain("verify", "close", "reopen");
        assertThat(incident.get("openedAt").asString()).isEqualTo("2026-07-01T08:30:00.250Z");
        assertThat(incident.get("closedAt").isNull()).isTrue();
        assertThat(incident.get("location").toString()).isEqualTo("{\"longitude\":106.55,\"latitude\":29.55}");
        assertThat(incident.get("footprint").get("type").asString()).isEqualTo("Polygon");
        assertThat(incident.get("grade")).isEqualTo(MessageJson.MAPPER.readTree("""
                                {"level": "II", "scope": null, "policyVersion": 1, "catalogueVersion": 1, "mapVersion": 1,
                                 "corroborated": true, "needsPerson": false,
                                 "axes": [{"axis": "PEOPLE", "value": 640, "unit": "people at risk", "basis": "REPORTED",
                                           "threshold": 500, "level": "II", "scope": null, "source": "geo-hazard plan"}],
                                 "inputs": {"type": {"code": "flood.waterlogging", "category": "NATURAL_DISASTER", "people": 20,
                                                     "areaSquareKilometers": 0.02, "level": "IV", "scope": null, "keyPlaceRaises": true},
                                            "peopleReported": 640, "peopleEstimated": null, "areaSquareKilometers": null,
                                            "deaths": null, "seriousInjuries": null, "lossYuan": null, "keyPlaces": 0,
                                            "nothingKnown": false, "sources": [{"kind": "GRID_WORKER", "id": "grid-worker"}],
                                            "communities": 1, "streets": 1},
                                 "regraded": null}
                                """));
        assertThat(incident.get("picture").get("missing").get(0).asString()).isEqualTo("dutyStaff");
        assertThat(incident.get("chain")
                        .valueStream()
                        .map(unit -> unit.get("tier").asString()))
                .containsExactly("CITY", "DISTRICT", "STREET", "COMMUNITY", "GRID");
        assertThat(incident.get("tasks")
                        .valueStream()
                        .map(task -> task.get("tier").asString()))
                .containsExactly("CITY", "COMMUNITY", "GRID");
        assertThat(incident.get("shares").toString())
                .isEqualTo("[{\"grid\":{\"code\":\"" + Stored.GRID
                        + "\",\"name\":\"空港第一网格\",\"tier\":\"GRID\"},\"area\":1.0,\"people\":1.0}]");
        JsonNode execute = incident.get("tasks").get(2);
        assertThat(execute.get("unit").get("name").asString()).isEqualTo("空港第一网格");
        assertThat(execute.get("acknowledgeBy").asString()).isEqualTo("2026-07-01T08:33:00.250Z");
        assertThat(execute.get("digest").asBoolean()).isFalse();
        assertThat(incident.get("tasks").get(1).get("acknowledgeBy").isNull()).isTrue();
    }

    @Test
    void a_place_that_is_only_a_units_says_so_as_long_as_the_incident_lies_there() {
        UUID id = stored.incident(OPENED).store();
        assertThat(api.get("/v1/incidents/" + id).json().get("locationUnit").isNull())
                .as("coordinates were given")
                .isTrue();
        stored.jdbc().sql("""
                        update dispatch.incident
                        set picture = json_build_object('missing', json_build_array(), 'locatedBy', json_build_object(
                                'unitCode', '500112001001',
                                'position', json_build_object('longitude', st_x(location), 'latitude', st_y(location))))
                        where id = :id
                        """).param("id", id).update();

        assertThat(api.get("/v1/incidents/" + id)
                        .json()
                        .at("/locationUnit/code")
                        .asString())
                .isEqualTo("500112001001");
        stored.jdbc()
                .sql("update dispatch.incident set location = st_translate(location, 0.001, 0) where id = :id")
                .param("id", id)
                .update();
        assertThat(api.get("/v1/incidents/" + id).json().get("locationUnit").isNull())
                .as("a split left other reports, which lie elsewhere")
                .isTrue();
    }

    @Test
    void a_footprint_that_nobody_gave_is_null_and_a_unit_that_the_map_lacks_has_no_name() {
        stored.jdbc()
                .sql("delete from grid.unit_version where code = :code")
                .param("code", Stored.GRID)
                .update();
        UUID id = stored.incident(OPENED).everyday("city.unheard-of", "R1").store();

        JsonNode incident = api.get("/v1/incidents/" + id).json();

        assertThat(incident.get("footprint").isNull()).isTrue();
        assertThat(incident.get("typeNames").get("en").isNull()).isTrue();
        assertThat(incident.get("chain").get(4).toString())
                .isEqualTo("{\"code\":\"" + Stored.GRID + "\",\"name\":null,\"tier\":\"GRID\"}");
    }

    @Test
    void the_same_version_may_show_more_reports_so_a_cached_answer_is_never_confirmed() {
        UUID id = stored.incident(OPENED).store();

        Answer answer = api.get("/v1/incidents/" + id, "If-None-Match", "\"2\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void an_incident_takes_the_same_number_of_statements_whatever_the_number_of_its_tasks() {
        UUID id = stored.incident(OPENED).store();
        stored.task(id, "50", "COMMAND", "DISPATCHED", 0);
        long withOne = api.statementsOf("/v1/incidents/" + id);
        for (int i = 1; i < 100; i++) {
            stored.task(id, i % 2 == 0 ? Stored.GRID : Stored.OTHER_GRID, "EXECUTE", "DISPATCHED", i);
        }

        assertThat(api.statementsOf("/v1/incidents/" + id)).isEqualTo(withOne).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/timeline"})
    void an_unknown_id_is_not_found_and_no_id_is_refused(String below) {
        Answer unknown = api.get("/v1/incidents/019f1d2c-0000-8000-8000-000000000000" + below);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.reason()).isEqualTo("NOT_FOUND");
        assertThat(unknown.json().get("value").asString()).isEqualTo("019f1d2c-0000-8000-8000-000000000000");

        for (String bad : List.of("17", "1-2-3-4-5", "019f1d2c-0000-8000-8000-00000000000g")) {
            Answer answer = api.get("/v1/incidents/" + bad + below);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
            assertThat(answer.json().get("value").asString()).isEqualTo(bad);
            assertThat(answer.json().get("expected").asString()).contains("UUID");
        }
    }

    @Test
    void the_timeline_tells_in_order_what_happened() {
        UUID id = stored.incident(OPENED).store();
        UUID report = UUID.randomUUID();
        stored.event(id, "OPENED", OPENED, 1, report);
        stored.event(id, "GRADED", OPENED, 1, null);
        stored.event(id, "DISPATCHED", OPENED, 1, null);
        stored.event(stored.incident(OPENED).rest(9).store(), "OPENED", OPENED, 1, UUID.randomUUID());

        Answer answer = api.get("/v1/incidents/" + id + "/timeline");

        assertThat(answer.items("kind")).containsExactly("OPENED", "GRADED", "DISPATCHED");
        JsonNode first = answer.json().get("items").get(0);
        assertThat(first.propertyNames())
                .containsExactly(
                        "sequence",
                        "kind",
                        "recordedAt",
                        "actor",
                        "version",
                        "statusBefore",
                        "statusAfter",
                        "level",
                        "scope",
                        "commandingUnit",
                        "reportCount",
                        "peopleAffected",
                        "areaSquareKilometers",
                        "reportId",
                        "detail",
                        "traceId");
        assertThat(first.get("reportId").asString()).isEqualTo(report.toString());
        assertThat(first.get("commandingUnit").get("name").asString()).isEqualTo("重庆市");
        assertThat(first.get("detail").get("why").asString()).isEqualTo("640 people");
        assertThat(first.get("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void walking_a_timeline_meets_every_line_once_even_those_that_are_added_meanwhile() {
        UUID id = stored.incident(OPENED).store();
        for (int version = 1; version <= 5; version++) {
            stored.event(id, "MERGED", OPENED, version, null);
        }
        List<String> versions = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/v1/incidents/" + id + "/timeline?limit=2" + cursor);
            versions.addAll(page.items("version"));
            JsonNode next = page.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            if (versions.size() == 2) {
                stored.event(id, "MERGED", OPENED, 6, null);
            }
        } while (!cursor.isEmpty());

        assertThat(versions).containsExactly("1", "2", "3", "4", "5", "6");
    }
}
