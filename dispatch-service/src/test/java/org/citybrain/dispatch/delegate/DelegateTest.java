package org.citybrain.dispatch.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.ReportBuilder;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is off the list goes to a grid by request and approval: over HTTP, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DelegateTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final String GRID = "500103001001001";
    private static final String OFF_LIST = "flood.river-level";

    private static final String STREET = token("street-operator", "500103001");
    private static final String DISTRICT = token("district-operator", "500103");
    private static final String COMMUNITY = token("community-operator", "500103001001");
    private static final String ELSEWHERE = token("other-operator", "500105");

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    @Autowired
    private PostgresPolicies policies;

    @LocalServerPort
    private int port;

    private static long nextOffset;

    private final UUID id = UUID.randomUUID();
    private UUID incident;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void an_incident_that_is_off_the_list() {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        ADMINISTRATOR
                .sql(
                        "truncate dispatch.incident, dispatch.task, dispatch.incident_event, dispatch.report, dispatch.report_key, dispatch.delegation")
                .update();
        incident = open(report().type(OFF_LIST));
    }

    @Test
    void a_request_that_lacks_something_is_told_what_and_the_trail_holds_it() throws Exception {
        JsonNode problem = post(
                STREET,
                "",
                "{\"delegationId\": \"%s\", \"incidentId\": \"%s\", \"grid\": \"%s\"}".formatted(id, incident, GRID),
                422);

        assertThat(problem.path("reason").asString()).isEqualTo("INCOMPLETE_DELEGATION");
        assertThat(problem.path("missing").valueStream().map(JsonNode::asString))
                .containsExactly("reason", "budgetYuan", "manual");
        assertThat(problem.path("detail").asString()).contains("reason, budgetYuan, manual", "yuan");
        assertThat(post(STREET, "", "{}", 422).path("missing").size()).isEqualTo(6);
        for (String each : List.of("reason", "budgetYuan", "manual", "grid")) {
            ObjectNode body = body();
            body.remove(each);
            assertThat(post(STREET, "", body.toString(), 422).path("missing").toString())
                    .isEqualTo("[\"" + each + "\"]");
        }
        assertThat(post(STREET, "", body().put("budgetYuan", 0).toString(), 422)
                        .path("value")
                        .asString())
                .isEqualTo("budgetYuan");
        assertThat(post(STREET, "", body().put("manual", " ").toString(), 422)
                        .path("value")
                        .asString())
                .isEqualTo("manual");
        assertThat(
                        all(
                                "select actor || ' ' || result from audit.line where action = 'delegation.request' and detail like '%budgetYuan%manual%'"))
                .contains("street-operator REFUSED:INCOMPLETE_DELEGATION");
        assertThat(all("select count(*)::text from dispatch.delegation")).containsExactly("0");
    }

    @Test
    void an_approved_request_gives_the_grid_its_task_and_the_timeline_tells_it() throws Exception {
        JsonNode requested = post(STREET, "", body().toString(), 200);
        assertThat(requested.path("status").asString()).isEqualTo("REQUESTED");
        assertThat(all("select count(*)::text from dispatch.task where tier = 'GRID'"))
                .containsExactly("0");

        JsonNode approved = post(DISTRICT, "/" + id + "/approve", "{\"reason\": \"the worker is trained\"}", 200);

        assertThat(approved.path("status").asString()).isEqualTo("APPROVED");
        assertThat(approved.path("decidedBy").asString()).isEqualTo("district-operator");
        assertThat(
                        all(
                                "select unit_code || ' ' || role || ' ' || status || ' ' "
                                        + "|| extract(epoch from acknowledge_by - dispatched_at)::int / 60 from dispatch.task where tier = 'GRID'"))
                .containsExactly(GRID + " EXECUTE DISPATCHED 10");
        assertThat(all("select kind || ' ' || actor from dispatch.incident_event order by sequence"))
                .endsWith(
                        "DELEGATION_REQUESTED person:street-operator",
                        "DELEGATION_APPROVED person:district-operator",
                        "DISPATCHED person:district-operator");
        assertThat(
                        all(
                                "select detail -> 'tasks' -> 0 ->> 'id' from dispatch.incident_event where kind = 'DISPATCHED' and actor like 'person:%'"))
                .containsExactly(approved.path("taskId").asString());
        assertThat(all("select action || ' ' || result from audit.line where object = '" + id + "' order by sequence"))
                .containsExactly("delegation.request DONE", "delegation.approve DONE");

        process(report().type(OFF_LIST).people(640).from(SourceKind.OPERATOR, "desk"));
        assertThat(all("select unit_code || ' ' || role || ' ' || version from dispatch.task where tier = 'GRID'"))
                .as("a graver level leaves the grid less time, too")
                .containsExactly(GRID + " EXECUTE 2");
    }

    @Test
    void the_same_request_again_is_the_same_and_another_one_needs_an_id_of_its_own() throws Exception {
        JsonNode first = post(STREET, "", body().toString(), 200);
        assertThat(post(STREET, "", body().toString(), 200)).isEqualTo(first);

        assertThat(post(STREET, "", body().put("budgetYuan", 9).toString(), 409)
                        .path("reason")
                        .asString())
                .isEqualTo("DELEGATION_ID_TAKEN");
        assertThat(post(
                                STREET,
                                "",
                                body().put("delegationId", UUID.randomUUID().toString())
                                        .toString(),
                                409)
                        .path("reason")
                        .asString())
                .isEqualTo("ALREADY_REQUESTED");
        assertThat(all("select count(*)::text from dispatch.incident_event where kind = 'DELEGATION_REQUESTED'"))
                .containsExactly("1");
    }

    @Test
    void a_refused_request_gives_no_task_and_the_grid_may_be_asked_for_again() throws Exception {
        post(STREET, "", body().toString(), 200);
        JsonNode refused = post(DISTRICT, "/" + id + "/refuse", "{\"reason\": \"too dangerous\"}", 200);

        assertThat(refused.path("status").asString()).isEqualTo("REFUSED");
        assertThat(refused.path("decisionReason").asString()).isEqualTo("too dangerous");
        assertThat(refused.has("taskId")).isFalse();
        assertThat(all("select count(*)::text from dispatch.task where tier = 'GRID'"))
                .containsExactly("0");
        assertThat(post(DISTRICT, "/" + id + "/approve", "{\"reason\": \"after all\"}", 409)
                        .path("reason")
                        .asString())
                .isEqualTo("ALREADY_DECIDED");
        post(
                STREET,
                "",
                body().put("delegationId", UUID.randomUUID().toString()).toString(),
                200);
    }

    @Test
    void somebody_else_of_the_street_or_above_decides() throws Exception {
        post(STREET, "", body().toString(), 200);
        String approve = "/" + id + "/approve";
        String why = "{\"reason\": \"yes\"}";

        assertThat(post(STREET, approve, why, 403).path("reason").asString()).isEqualTo("OWN_REQUEST");
        assertThat(post(COMMUNITY, approve, why, 403).path("reason").asString()).isEqualTo("UNIT_TOO_LOW");
        assertThat(post(ELSEWHERE, approve, why, 404).path("reason").asString()).isEqualTo("NOT_FOUND");
        assertThat(post(DISTRICT, approve, "{}", 400).path("reason").asString()).isEqualTo("BAD_BODY");
        assertThat(post(DISTRICT, "/" + UUID.randomUUID() + "/approve", why, 404)
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_FOUND");
        assertThat(all("select status from dispatch.delegation")).containsExactly("REQUESTED");
        assertThat(all("select result from audit.line where action = 'delegation.approve' and object = '" + id
                        + "' order by sequence"))
                .containsExactly("REFUSED:OWN_REQUEST", "REFUSED:UNIT_TOO_LOW", "REFUSED:NOT_FOUND");
        post(token("another", "500103001"), approve, why, 200);
    }

    @Test
    void only_what_is_off_the_list_is_asked_for_and_only_for_a_grid_that_is_concerned() throws Exception {
        UUID onList = open(report().type("power.outage"));
        assertThat(post(STREET, "", body().put("incidentId", onList.toString()).toString(), 409)
                        .path("reason")
                        .asString())
                .isEqualTo("NOT_OFF_LIST");
        JsonNode other = post(STREET, "", body().put("grid", "500103001001002").toString(), 422);
        assertThat(other.path("reason").asString()).isEqualTo("GRID_NOT_CONCERNED");
        assertThat(other.path("expected").asString()).contains(GRID);
        assertThat(post(ELSEWHERE, "", body().toString(), 404).path("reason").asString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void it_is_decided_by_the_policies_that_the_incident_was_opened_with() throws Exception {
        approve("item-catalogue", "replace(document::text, '\"delegable\": false', '\"delegable\": true')");
        approve("routing", "replace(document::text, '\"acknowledgeMinutes\": 10', '\"acknowledgeMinutes\": 11')");
        policies.refresh();
        assertThat(policies.current().routing().version()).isEqualTo(2);
        try {
            post(STREET, "", body().toString(), 200);
            post(DISTRICT, "/" + id + "/approve", "{\"reason\": \"the worker is trained\"}", 200);
        } finally {
            ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
            policies.refresh();
        }

        assertThat(all("select (extract(epoch from acknowledge_by - dispatched_at)::int / 60)::text from dispatch.task"
                        + " where tier = 'GRID'"))
                .containsExactly("10");
        assertThat(all(
                        "select detail ->> 'policyVersion' from dispatch.incident_event where kind = 'DISPATCHED' and actor"
                                + " like 'person:%'"))
                .containsExactly("1");
    }

    @Test
    void a_grid_that_has_its_task_already_is_not_given_it_twice() throws Exception {
        post(STREET, "", body().toString(), 200);
        UUID task = IncidentId.ofTask(incident, GRID);
        ADMINISTRATOR
                .sql(
                        "insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, digest) "
                                + "values (:incident, :task, 1, 'GRID', :grid, 'EXECUTE', 'DISPATCHED', now(), false)")
                .param("incident", incident)
                .param("task", task)
                .param("grid", GRID)
                .update();

        JsonNode approved = post(DISTRICT, "/" + id + "/approve", "{\"reason\": \"the worker is trained\"}", 200);

        assertThat(approved.path("taskId").asString()).isEqualTo(task.toString());
        assertThat(all("select version::text from dispatch.task where tier = 'GRID'"))
                .containsExactly("1");
    }

    @Test
    void a_decision_that_the_same_person_sends_again_is_answered_again_and_done_once() throws Exception {
        post(STREET, "", body().toString(), 200);
        String why = "{\"reason\": \"the worker is trained\"}";
        JsonNode approved = post(DISTRICT, "/" + id + "/approve", why, 200);

        assertThat(post(DISTRICT, "/" + id + "/approve", why, 200)).isEqualTo(approved);
        assertThat(post(DISTRICT, "/" + id + "/refuse", why, 409).path("reason").asString())
                .isEqualTo("ALREADY_DECIDED");
        post(DISTRICT, "/" + id + "/approve", "{\"reason\": \"other words\"}", 409);
        post(token("another", "500103"), "/" + id + "/approve", why, 409);
        assertThat(all("select count(*)::text from dispatch.incident_event where kind = 'DELEGATION_APPROVED'"))
                .containsExactly("1");
    }

    private static void approve(String kind, String document) {
        ADMINISTRATOR
                .sql(
                        "insert into dispatch.policy (kind, version, status, document, effective_from, created_at, authors, approved_by) "
                                + "select kind, 2, 'APPROVED', (" + document
                                + ")::jsonb, now() - interval '1 second', now(), '{somebody}', 'another' "
                                + "from dispatch.policy where kind = :kind and version = 1")
                .param("kind", kind)
                .update();
    }

    private ObjectNode body() {
        return MessageJson.MAPPER
                .createObjectNode()
                .put("delegationId", id.toString())
                .put("incidentId", incident.toString())
                .put("grid", GRID)
                .put("reason", "the grid's worker lives beside the gauge")
                .put("budgetYuan", 2_000)
                .put("manual", "https://manuals.example/river-gauges");
    }

    private UUID open(ReportBuilder builder) {
        process(builder);
        return UUID.fromString(all("select id::text from dispatch.incident order by id desc limit 1")
                .getFirst());
    }

    private void process(ReportBuilder builder) {
        pipeline.process(List.of(readReports.read(builder.polled(0, nextOffset++))));
    }

    private JsonNode post(String token, String path, String body, int status) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/internal/delegations" + path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + token)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return MessageJson.MAPPER.readTree(response.body());
        }
    }

    private static String token(String account, String unit) {
        return Infrastructure.shared().issuer().token(account, unit, "OPERATOR");
    }

    private static List<String> all(String sql) {
        return ADMINISTRATOR.sql(sql).query(String.class).list();
    }
}
