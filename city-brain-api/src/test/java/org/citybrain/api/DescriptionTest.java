package org.citybrain.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.api.running.Broker;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DescriptionTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final Set<String> FREE_FORM = Set.of("picture", "detail", "headers", "coordinates");

    /** Those that answer nothing but headers, or bytes. */
    private static final Set<String> WITHOUT_TEXT = Set.of("beginUpload", "addToUpload", "getUpload", "getEvidence");

    private final RunningApi api = RunningApi.shared();
    private final JsonNode description = api.get("/v3/api-docs").json();

    @Test
    void every_operation_says_what_it_does_what_it_answers_and_what_may_go_wrong() {
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        Map<String, JsonNode> operations = operations();
        assertThat(operations.keySet())
                .containsExactly(
                        "acknowledgeTask",
                        "addToUpload",
                        "approveDelegation",
                        "approvePolicy",
                        "arriveAtTask",
                        "beginRehearsal",
                        "beginUpload",
                        "cancelRehearsal",
                        "changePolicy",
                        "checkInDepartment",
                        "closeIncident",
                        "completeTask",
                        "confirmIncident",
                        "confirmNotice",
                        "containIncident",
                        "createSubscription",
                        "deleteSubscription",
                        "discardParked",
                        "draftPolicy",
                        "escalateIncident",
                        "exportIncidents",
                        "getBaseMap",
                        "getCheckIn",
                        "getDelegation",
                        "getEvidence",
                        "getHeatMap",
                        "getIncident",
                        "getLedger",
                        "getMe",
                        "getOverview",
                        "getParked",
                        "getPolicy",
                        "getPolicySchema",
                        "getRehearsal",
                        "getRehearsalChanges",
                        "getReport",
                        "getTask",
                        "getTimeline",
                        "getUpload",
                        "giveFeedback",
                        "grantSupport",
                        "handOver",
                        "listAlarmRates",
                        "listAudit",
                        "listChanges",
                        "listCheckIns",
                        "listDelegations",
                        "listDeliveries",
                        "listDepartmentScoreLines",
                        "listDepartmentScores",
                        "listDepartments",
                        "listHandOvers",
                        "listIncidentTypes",
                        "listIncidents",
                        "listNotices",
                        "listOpenIncidents",
                        "listParked",
                        "listPolicies",
                        "listRehearsals",
                        "listSubscriptions",
                        "listTasks",
                        "markIncidentFalse",
                        "mergeIncident",
                        "mobiliseForIncident",
                        "noteOnIncident",
                        "putEvidence",
                        "rateService",
                        "readStream",
                        "recordService",
                        "refuseDelegation",
                        "regradeIncident",
                        "reopenIncident",
                        "reportBackOnTask",
                        "reportIncidentUpward",
                        "reportSituation",
                        "requestDelegation",
                        "requestSupport",
                        "resolveIncident",
                        "retryDelivery",
                        "retryParked",
                        "returnTask",
                        "rotateSecret",
                        "sendCommands",
                        "splitIncident",
                        "startTask",
                        "superviseIncident",
                        "takeOver",
                        "verifyAudit",
                        "verifyIncident",
                        "whistleForDepartments",
                        "withdrawPolicy");
        operations.forEach((id, operation) -> {
            assertThat(operation.get("summary").asString()).as(id).isNotBlank();
            JsonNode good = operation
                    .get("responses")
                    .propertyStream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            if (!WITHOUT_TEXT.contains(id)) {
                JsonNode ok = good.get("content").iterator().next();
                assertThat(ok.get("example").toString()).as(id).hasSizeGreaterThan(4);
            }
            assertThat(operation
                            .at("/responses/400/content")
                            .get("application/problem+json")
                            .get("example")
                            .isEmpty())
                    .as(id)
                    .isFalse();
            for (JsonNode parameter : operation.path("parameters")) {
                assertThat(parameter.get("name").asString()).as(id).isNotEqualTo("parameters");
            }
        });
    }

    @Test
    void the_examples_have_the_shape_of_real_answers() throws Exception {
        Stored stored = api.stored().nothing();
        UUID incident = stored.incident(OPENED)
                .footprint("POLYGON((106.5 29.5, 106.6 29.5, 106.6 29.6, 106.5 29.5))")
                .store();
        stored.incident(OPENED).rest(1).store();
        UUID task = stored.task(incident, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        stored.event(incident, "OPENED", OPENED, 1, UUID.randomUUID());
        UUID checkIn = stored.checkIn(incident, "500112-urban-management", "RATED", OPENED);
        stored.feedback(incident, OPENED);
        stored.department("500112-urban-management", "渝北区城市管理局", "500112");
        UUID report = UUID.randomUUID();
        stored.report(report, OPENED, "OPENED", incident, null);
        UUID parked = stored.parked(UUID.randomUUID(), OPENED, "PARKED", 1);
        stored.outcome(0, 0, "gw-1", OPENED, "PARKED", 1);
        stored.refused(UUID.randomUUID(), OPENED, "gw-1", "OVER_RATE", 0);
        try (Broker broker = Broker.connect(Infrastructure.shared().kafkaBootstrapServers())) {
            broker.write(Topics.REPORT_RECEIVED, 0, 1);
        }

        Map<String, String> paths = new HashMap<>(Map.of(
                "getReport",
                "/v1/reports/" + report,
                "listIncidents",
                "/v1/incidents?limit=1",
                "getIncident",
                "/v1/incidents/" + incident,
                "getTimeline",
                "/v1/incidents/" + incident + "/timeline",
                "listTasks",
                "/v1/tasks",
                "getTask",
                "/v1/tasks/" + task,
                "getLedger",
                "/v1/ledger",
                "listParked",
                "/v1/parked",
                "getParked",
                "/v1/parked/" + parked,
                "getMe",
                "/v1/me"));
        paths.put("getCheckIn", "/v1/check-ins/" + checkIn);
        paths.put("listCheckIns", "/v1/check-ins");
        paths.put("listOpenIncidents", "/v1/map/incidents");
        paths.put("listIncidentTypes", "/v1/incident-types");
        paths.put("listDepartments", "/v1/departments");
        paths.put("listDepartmentScores", "/v1/departments/scores?from=2026-07-01T00:00:00Z&to=2026-08-01T00:00:00Z");
        paths.put(
                "listDepartmentScoreLines",
                "/v1/departments/500112-urban-management/scores/lines?from=2026-07-01T00:00:00Z&to=2026-08-01T00:00:00Z");
        paths.forEach((operation, path) -> {
            JsonNode example = operations().get(operation).at("/responses/200/content/application~1json/example");
            assertThat(names(example))
                    .as(operation)
                    .isEqualTo(names(api.get(path).json()));
        });
        assertThat(names(operations().get("getTask").at("/responses/404/content/application~1problem+json/example")))
                .isEqualTo(names(api.get("/v1/tasks/" + UUID.randomUUID()).json()));
    }

    @Test
    void what_may_be_null_or_absent_is_said() {
        JsonNode incident = description.at("/components/schemas/Incident");
        assertThat(incident.at("/properties/closedAt/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(incident.at("/properties/footprint/type").toString()).isEqualTo("[\"object\",\"null\"]");
        assertThat(incident.at("/properties/openedAt/type").asString()).isEqualTo("string");
        assertThat(incident.get("required").valueStream().map(JsonNode::asString))
                .contains("id", "closedAt", "tasks");
        assertThat(description
                        .at("/components/schemas/Grade/properties/level/enum")
                        .toString())
                .isEqualTo("[\"I\",\"II\",\"III\",\"IV\",null]");
        assertThat(description.at("/components/schemas/ReportState/required").toString())
                .isEqualTo("[\"reportId\",\"status\"]");
        assertThat(description
                        .at("/components/schemas/Line/required")
                        .valueStream()
                        .map(JsonNode::asString))
                .contains("source", "opened", "waiting");
        assertThat(description
                        .at("/components/schemas/PageTask/properties/nextCursor/type")
                        .toString())
                .isEqualTo("[\"string\",\"null\"]");
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        description
                .get("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .forEach(
                        operation -> operations.put(operation.get("operationId").asString(), operation));
        return operations;
    }

    /** The names of all fields, with their place; those of all items of an array together. */
    private static Set<String> names(JsonNode json) {
        Set<String> names = new TreeSet<>();
        collect(json, "", names);
        return names;
    }

    private static void collect(JsonNode json, String place, Set<String> names) {
        json.propertyStream().forEach(property -> {
            String name = place + "/" + property.getKey();
            names.add(name);
            if (!FREE_FORM.contains(property.getKey())) {
                collect(property.getValue(), name, names);
            }
        });
        if (json.isArray()) {
            json.forEach(item -> collect(item, place + "/*", names));
        }
    }
}
