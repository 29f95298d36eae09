package org.citybrain.dispatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A policy's way by two persons, over HTTP, on real PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {"spring.config.name=dispatch-service", "city-brain.dispatch.auto-start=false"},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PolicyLifeTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());

    private static final String ANALYST = token("analyst-li", "ANALYST");
    private static final String OTHER_ANALYST = token("analyst-wu", "ANALYST", "ADMIN");
    private static final String ADMIN = token("admin-chen", "ADMIN");
    private static final String OPERATOR = token("operator-he", "OPERATOR");

    private final HttpClient http = HttpClient.newHttpClient();

    @Autowired
    private PostgresPolicyVersions versions;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeEach
    void forget_all_but_the_first_versions() {
        ADMINISTRATOR.sql("delete from dispatch.policy where version > 1").update();
        ADMINISTRATOR.sql("truncate audit.line").update();
    }

    @Test
    void a_grading_table_goes_from_a_draft_by_a_rehearsal_and_a_second_person_to_its_moment() throws Exception {
        HttpResponse<String> drafted = send(ANALYST, "POST", "/grading", draft("grading"), null);
        assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(201);
        assertThat(drafted.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(stored("grading", 2)).isEqualTo("DRAFT by analyst-li");

        refused(ADMIN, "/grading/2/approve", "{\"reason\": \"now\"}", 409, "NOT_REHEARSED");
        String digest = digest("grading", 2);
        assertThat(versions.noteRehearsed(PolicyKind.GRADING, 2, digest("routing", 1)))
                .as("another document")
                .isFalse();
        assertThat(versions.noteRehearsed(PolicyKind.GRADING, 2, digest)).isTrue();
        assertThat(versions.noteRehearsed(PolicyKind.GRADING, 2, digest))
                .as("twice")
                .isFalse();
        assertThat(stored("grading", 2)).isEqualTo("REHEARSED by analyst-li");

        Instant moment = Instant.parse("2027-01-01T00:00:00Z");
        String approval = "{\"reason\": \"14 incidents, all rightly\", \"effectiveFrom\": \"" + moment + "\"}";
        HttpResponse<String> approved = send(OPERATOR, "POST", "/grading/2/approve", approval, "\"2\"");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);

        PolicyVersion policy = versions.find(PolicyKind.GRADING, 2).orElseThrow();
        assertThat(policy.status()).isEqualTo(PolicyStatus.APPROVED);
        assertThat(policy.effectiveFrom()).isEqualTo(moment);
        assertThat(policy.approvedBy()).isEqualTo("operator-he");
        assertThat(policy.approvalReason()).isEqualTo("14 incidents, all rightly");
        assertThat(policy.authors()).containsExactly("analyst-li");
        assertThat(versions.find(PolicyKind.GRADING, 1).orElseThrow())
                .extracting(PolicyVersion::status, PolicyVersion::supersededAt)
                .containsExactly(PolicyStatus.EFFECTIVE, moment);

        refused(ADMIN, "/grading/2/approve", "{\"reason\": \"again\"}", 409, "NOT_OPEN");
        assertThat(send(ANALYST, "PUT", "/grading/2", draft("grading"), "\"3\"").statusCode())
                .isEqualTo(409);
        assertThat(ADMINISTRATOR
                        .sql(
                                "select action || ' ' || object || ' by ' || actor || ' ' || result from audit.line where action like"
                                        + " 'policy.%' order by sequence")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "policy.draft grading/2 by analyst-li DONE",
                        "policy.approve grading/2 by admin-chen REFUSED:NOT_REHEARSED",
                        "policy.approve grading/2 by operator-he DONE");
    }

    @Test
    void what_the_database_shows_others_changes_at_the_moment() {
        insert("routing", 2, "now() - interval '1 hour'");
        insert("routing", 3, "now() + interval '1 hour'");

        assertThat(ADMINISTRATOR
                        .sql("select status from dispatch.policy_view where kind = 'routing' order by version")
                        .query(String.class)
                        .list())
                .containsExactly("SUPERSEDED", "EFFECTIVE", "APPROVED");
        for (int version = 1; version <= 3; version++) {
            assertThat(versions.find(PolicyKind.ROUTING, version)
                            .orElseThrow()
                            .status()
                            .name())
                    .isEqualTo(ADMINISTRATOR
                            .sql("select status from dispatch.policy_view where kind = 'routing' and version ="
                                    + " :version")
                            .param("version", version)
                            .query(String.class)
                            .single());
        }
    }

    @Test
    void none_who_has_written_at_it_approves_it() throws Exception {
        send(ADMIN, "POST", "/item-catalogue", draft("item-catalogue"), null);
        JsonNode refusal = refused(ADMIN, "/item-catalogue/2/approve", "{\"reason\": \"mine\"}", 409, "SAME_PERSON");
        assertThat(refusal.path("value").asString()).isEqualTo("admin-chen");
        assertThat(refusal.path("expected").asString()).contains("admin-chen");

        assertThat(ADMINISTRATOR
                        .sql("select actor || ': ' || result from audit.line where action = 'policy.approve'")
                        .query(String.class)
                        .list())
                .containsExactly("admin-chen: REFUSED:SAME_PERSON");

        // Who changes the draft of another becomes an author, too.
        assertThat(send(OTHER_ANALYST, "PUT", "/item-catalogue/2", draft("item-catalogue"), "\"1\"")
                        .statusCode())
                .isEqualTo(200);
        refused(OTHER_ANALYST, "/item-catalogue/2/approve", "{\"reason\": \"changed it\"}", 409, "SAME_PERSON");
        refused(ADMIN, "/item-catalogue/2/approve", "{\"reason\": \"drafted it\"}", 409, "SAME_PERSON");

        // The catalogue needs no rehearsal.
        assertThat(send(OPERATOR, "POST", "/item-catalogue/2/approve", "{\"reason\": \"fine\"}", "\"2\"")
                        .statusCode())
                .isEqualTo(200);
        PolicyVersion approved = versions.find(PolicyKind.ITEM_CATALOGUE, 2).orElseThrow();
        assertThat(approved.effectiveFrom()).isAfter(approved.approvedAt());
        assertThat(approved.authors()).containsExactly("admin-chen", "analyst-wu");
    }

    @Test
    void the_database_itself_lets_no_author_approve() {
        insert("routing", 2, "now()");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ADMINISTRATOR
                        .sql("update dispatch.policy set approved_by = authors[1] where kind = 'routing' and"
                                + " version = 2")
                        .update())
                .rootCause()
                .hasMessageContaining("approved_by_another");
    }

    @Test
    void a_change_is_made_on_what_the_person_has_seen_and_takes_the_rehearsal_back() throws Exception {
        send(ANALYST, "POST", "/routing", draft("routing"), null);
        versions.noteRehearsed(PolicyKind.ROUTING, 2, digest("routing", 2));

        assertThat(send(ANALYST, "PUT", "/routing/2", draft("routing"), null).statusCode())
                .isEqualTo(428);
        HttpResponse<String> stale = send(ANALYST, "PUT", "/routing/2", draft("routing"), "\"1\"");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).path("expected").asString()).contains("\"2\"");
        assertThat(send(ANALYST, "PUT", "/routing/2", draft("routing"), "\"2\"").statusCode())
                .isEqualTo(200);
        assertThat(stored("routing", 2)).isEqualTo("DRAFT by analyst-li");
        assertThat(versions.find(PolicyKind.ROUTING, 2).orElseThrow().rehearsedAt())
                .isNull();
        assertThat(send(ANALYST, "PUT", "/routing/2", draft("routing"), "3").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_draft_is_given_up_and_its_number_is_never_used_again() throws Exception {
        send(ANALYST, "POST", "/correlation", draft("correlation"), null);
        assertThat(send(ANALYST, "DELETE", "/correlation/2", null, null).statusCode())
                .isEqualTo(200);
        assertThat(stored("correlation", 2)).isEqualTo("WITHDRAWN by analyst-li");
        assertThat(send(ANALYST, "DELETE", "/correlation/2", null, null).statusCode())
                .isEqualTo(409);
        assertThat(send(ANALYST, "DELETE", "/correlation/1", null, null).statusCode())
                .as("in force")
                .isEqualTo(409);
        assertThat(send(ANALYST, "DELETE", "/correlation/9", null, null).statusCode())
                .isEqualTo(404);

        HttpResponse<String> next = send(ANALYST, "POST", "/correlation", draft("correlation"), null);
        assertThat(json(next).path("version").asInt()).isEqualTo(3);
    }

    @Test
    void what_was_approved_is_given_up_by_those_who_may_approve() throws Exception {
        insert("grading", 2, "now() + interval '1 day'");
        assertThat(send(ANALYST, "DELETE", "/grading/2", null, null).statusCode())
                .isEqualTo(403);
        assertThat(send(OPERATOR, "DELETE", "/grading/2", null, null).statusCode())
                .isEqualTo(200);
        assertThat(versions.find(PolicyKind.GRADING, 1).orElseThrow().supersededAt())
                .isNull();
    }

    @Test
    void of_many_who_approve_at_the_same_moment_one_does() throws Exception {
        send(ANALYST, "POST", "/item-catalogue", draft("item-catalogue"), null);
        List<Callable<Integer>> approvals = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String token = token("operator-" + i, "OPERATOR");
            approvals.add(() -> send(token, "POST", "/item-catalogue/2/approve", "{\"reason\": \"I, too\"}", "\"1\"")
                    .statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : threads.invokeAll(approvals)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
        assertThat(answers.stream().filter(status -> status == 409)).hasSize(7);
        assertThat(ADMINISTRATOR
                        .sql("select count(*) from audit.line where action = 'policy.approve'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void drafts_that_are_written_at_the_same_moment_get_different_versions() throws Exception {
        List<Callable<HttpResponse<String>>> drafts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            drafts.add(() -> send(ANALYST, "POST", "/correlation", draft("correlation"), null));
        }
        List<Integer> numbers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(drafts)) {
                numbers.add(json(answer.get()).path("version").asInt());
            }
        }
        assertThat(numbers).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void a_draft_with_mistakes_is_refused_with_each_place_and_nothing_is_stored() throws Exception {
        ObjectNode document = SeededPolicies.json("grading");
        ((ObjectNode) document.at("/axes/0")).put("axis", "PEOPEL");
        ((ObjectNode) document.at("/axes/5/thresholds")).put("III", -1);
        for (String path : List.of("/grading", "/grading?dryRun=true")) {
            HttpResponse<String> refusal = send(ANALYST, "POST", path, draft(document), null);

            assertThat(refusal.statusCode()).isEqualTo(422);
            assertThat(json(refusal).path("reason").asString()).isEqualTo("INVALID_POLICY");
            assertThat(json(refusal).path("errors").toString())
                    .contains(
                            "{\"path\":\"/axes/0/axis\",\"value\":\"PEOPEL\",\"reason\":\"UNKNOWN_VALUE\",\"expected\":\"one"
                                    + " of PEOPLE,")
                    .contains(
                            "{\"path\":\"/axes/5/thresholds/III\",\"value\":-1,\"reason\":\"OUT_OF_RANGE\",\"expected\":\"more"
                                    + " than 0\"}");
        }
        assertThat(versions.find(PolicyKind.GRADING, 2)).isEmpty();
        assertThat(send(ANALYST, "POST", "/grading?dryRun=true", draft("grading"), null)
                        .body())
                .isEqualTo("{\"valid\":true}");
        assertThat(versions.find(PolicyKind.GRADING, 2)).isEmpty();
    }

    @Test
    void what_was_valid_when_it_was_written_is_checked_again_when_it_is_approved() throws Exception {
        ObjectNode document = SeededPolicies.json("correlation");
        document.putArray("goesTogether").addArray().add("city.noise").add("city.litter");
        send(ANALYST, "POST", "/correlation", draft(document), null);
        versions.noteRehearsed(PolicyKind.CORRELATION, 2, digest("correlation", 2));
        ADMINISTRATOR.sql("""
                        insert into dispatch.policy (kind, version, status, document, effective_from, created_at)
                        select kind, 2, 'APPROVED', replace(document::text, 'city.noise', 'city.din')::jsonb, now(), now()
                        from dispatch.policy where kind = 'item-catalogue' and version = 1
                        """).update();

        JsonNode refusal =
                refused(ADMIN, "/correlation/2/approve", "{\"reason\": \"as it was\"}", 422, "INVALID_POLICY");
        assertThat(refusal.at("/errors/0/path").asString()).isEqualTo("/goesTogether/0/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"reason\": \"late\", \"effectiveFrom\": \"2020-01-01T00:00:00Z\"} | 422 | BAD_MOMENT",
                "{\"reason\": \"far\", \"effectiveFrom\": \"9000-01-01T00:00:00Z\"}  | 422 | BAD_MOMENT",
                "{\"reason\": \"odd\", \"effectiveFrom\": \"tomorrow\"}               | 400 | BAD_BODY",
                "{\"reason\": \"  \"}                                                 | 400 | BAD_BODY",
                "{}                                                                   | 400 | BAD_BODY",
            })
    void an_approval_that_cannot_be_is_refused(String approval, int status, String reason) throws Exception {
        send(ANALYST, "POST", "/item-catalogue", draft("item-catalogue"), null);
        refused(ADMIN, "/item-catalogue/2/approve", approval, status, reason);
        assertThat(stored("item-catalogue", 2)).isEqualTo("DRAFT by analyst-li");
    }

    @Test
    void a_type_with_open_incidents_or_registered_sources_stays_in_the_catalogue() throws Exception {
        ADMINISTRATOR.sql("""
                        insert into intake.source (source_id, description, types, datums, unit_codes, clock_tolerance, reports_per_second,
                                                   provenance, registered_at, updated_at)
                        values ('gw-lift', 'lifts', '{elevator.trapped}', '{WGS84}', '{50}', interval '5 s', 10, 'REGISTERED', now(), now())
                        """).update();
        try {
            ObjectNode document = SeededPolicies.json("item-catalogue");
            ((tools.jackson.databind.node.ArrayNode) document.get("types")).remove(12);
            HttpResponse<String> refusal = send(ANALYST, "POST", "/item-catalogue", draft(document), null);

            assertThat(refusal.statusCode()).isEqualTo(422);
            assertThat(json(refusal).at("/errors/0/expected").asString())
                    .isEqualTo("elevator.trapped to stay: it is used by 1 registered sources, such as gw-lift");
        } finally {
            ADMINISTRATOR
                    .sql("delete from intake.source where source_id = 'gw-lift'")
                    .update();
        }
    }

    @Test
    void who_approves_says_which_state_of_it_they_have_looked_at() throws Exception {
        send(ANALYST, "POST", "/item-catalogue", draft("item-catalogue"), null);
        String approval = "{\"reason\": \"fine\"}";
        HttpResponse<String> unsaid = send(OPERATOR, "POST", "/item-catalogue/2/approve", approval, null);
        assertThat(unsaid.statusCode()).isEqualTo(428);
        assertThat(json(unsaid).path("reason").asString()).isEqualTo("VERSION_REQUIRED");
        assertThat(send(OPERATOR, "POST", "/item-catalogue/2/approve", approval, "\"9\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(stored("item-catalogue", 2)).isEqualTo("DRAFT by analyst-li");
        assertThat(ADMINISTRATOR
                        .sql("select actor || ': ' || result from audit.line where action = 'policy.approve'")
                        .query(String.class)
                        .list())
                .containsExactly("operator-he: REFUSED:STALE_VERSION");
    }

    @Test
    void approved_versions_that_wait_for_their_moment_are_bounded() throws Exception {
        for (int version = 2; version <= 6; version++) {
            insert("item-catalogue", version, "now() + interval '" + version + " days'");
        }
        send(ANALYST, "POST", "/item-catalogue", draft("item-catalogue"), null);

        JsonNode refusal =
                refused(ADMIN, "/item-catalogue/7/approve", "{\"reason\": \"one more\"}", 409, "TOO_MANY_UPCOMING");
        assertThat(refusal.path("value").asString()).isEqualTo("5");
    }

    @Test
    void drafts_are_bounded() throws Exception {
        ADMINISTRATOR.sql("""
                        insert into dispatch.policy (kind, version, status, document, created_at)
                        select 'routing', n, 'DRAFT', '{}', now() from generate_series(2, 51) as n
                        """).update();
        assertThat(json(send(ANALYST, "POST", "/routing", draft("routing"), null))
                        .path("reason")
                        .asString())
                .isEqualTo("TOO_MANY_DRAFTS");
        String large = draft("routing").replace("policy default", "x".repeat(200_000));
        assertThat(send(ANALYST, "POST", "/routing", large, null).statusCode()).isEqualTo(413);
    }

    private static String draft(String kind) {
        return draft(SeededPolicies.json(kind));
    }

    private static String draft(ObjectNode document) {
        return MessageJson.MAPPER
                .createObjectNode()
                .put("note", "a try")
                .put("basedOn", 1)
                .set("document", document)
                .toString();
    }

    private static void insert(String kind, int version, String effectiveFrom) {
        ADMINISTRATOR
                .sql("insert into dispatch.policy (kind, version, status, document, effective_from, created_at,"
                        + " authors, approved_by) select kind, :version, 'APPROVED', document, " + effectiveFrom
                        + ", now(), '{somebody}', 'another' "
                        + "from dispatch.policy where kind = :kind and version = 1")
                .param("kind", kind)
                .param("version", version)
                .update();
    }

    private static String digest(String kind, int version) {
        return ADMINISTRATOR
                .sql("select encode(sha256(convert_to(document::text, 'UTF8')), 'hex') from dispatch.policy "
                        + "where kind = :kind and version = :version")
                .param("kind", kind)
                .param("version", version)
                .query(String.class)
                .single();
    }

    private String stored(String kind, int version) {
        PolicyVersion policy =
                versions.find(PolicyKind.find(kind).orElseThrow(), version).orElseThrow();
        return policy.status() + " by " + String.join(", ", policy.authors());
    }

    private JsonNode refused(String token, String path, String body, int status, String reason) throws Exception {
        String[] names = path.split("/");
        int rowVersion = versions.find(PolicyKind.find(names[1]).orElseThrow(), Integer.parseInt(names[2]))
                .orElseThrow()
                .rowVersion();
        HttpResponse<String> refusal = send(token, "POST", path, body, "\"" + rowVersion + "\"");
        assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(status);
        assertThat(json(refusal).path("reason").asString()).isEqualTo(reason);
        return json(refusal);
    }

    private HttpResponse<String> send(
            String token, String method, String path, @Nullable String body, @Nullable String ifMatch)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/internal/policies" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MessageJson.MAPPER.readTree(answer.body());
    }

    private static String token(String account, String... roles) {
        return Infrastructure.shared().issuer().token(account, "50", roles);
    }
}
