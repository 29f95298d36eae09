package org.citybrain.intake.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.StartedIntake;
import org.citybrain.intake.TopicReader;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.ReportRejected;
import org.citybrain.messages.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeysTest extends IntakeTest {

    private final String source = "gw-" + UUID.randomUUID();

    @Test
    void a_gateway_reports_with_its_key() {
        Answer answer = postReportOf(newKey(source), sensorReport(source));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.text("statusUrl")).startsWith("http://127.0.0.1:8081/v1/reports/");
    }

    @Test
    void a_key_is_shown_once_and_kept_nowhere(CapturedOutput log) {
        String key = newKey(source);
        postReportOf(key, sensorReport(source));
        String secret = key.substring(key.lastIndexOf('_') + 1);

        assertThat(key).matches("cbk_[0-9a-f]{16}_[0-9a-f]{64}");
        assertThat(get("/v1/sources/" + source + "/keys").response().body())
                .contains(key.split("_")[1])
                .doesNotContain(secret);
        for (String table : List.of("intake.gateway_key", "intake.source", "intake.refused_report", "audit.line")) {
            assertThat(administrator()
                            .sql("select count(*) from " + table + " t where t::text like '%' || :secret || '%'")
                            .param("secret", secret)
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(log.getAll()).doesNotContain(secret);
    }

    @Test
    void the_answer_with_the_key_is_stored_by_nobody() {
        newKey(source);
        Answer answer = post("/v1/sources/" + source + "/keys", "application/json", "");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.response().headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.text("sourceId")).isEqualTo(source);
    }

    @Test
    void a_key_that_is_not_good_is_refused_and_not_told_why() {
        String key = newKey(source);
        String otherId = key.replace(key.split("_")[1], "0123456789abcdef");
        String otherSecret = key.substring(0, key.length() - 4) + "0000";

        for (String bad : List.of(otherId, otherSecret, "cbk_x_y", "nonsense", "", "x".repeat(5_000))) {
            Answer answer = postReportOf(bad, sensorReport(source));
            assertThat(answer.status()).as(bad).isEqualTo(401);
            assertThat(answer.text("reason")).isEqualTo("BAD_TOKEN");
            assertThat(answer.text("detail")).isEqualTo("the key is unknown, revoked or past its end");
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .contains("ApiKey error=\"invalid_key\"");
        }
    }

    @Test
    void the_secret_of_one_key_does_not_fit_the_id_of_another() {
        String[] one = newKey(source).split("_");
        String[] other = anotherKey(source, "").split("_");

        assertThat(postReportOf("cbk_" + one[1] + "_" + other[2], sensorReport(source))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_key_and_a_token_together_are_refused() {
        String key = newKey(source);

        assertThat(send(request("/v1/reports")
                                .header("X-Api-Key", key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(sensorReport(source))))
                        .text("reason"))
                .isEqualTo("BAD_TOKEN");
    }

    @Test
    void a_key_reports_for_its_own_source_only_and_what_it_tries_is_counted_as_its_own() {
        String victim = "gw-" + UUID.randomUUID();
        String key = newKey(source);
        newKey(victim);
        UUID id = UUID.randomUUID();

        Answer answer =
                postReportOf(key, report(id).replace("GRID_WORKER", "SENSOR").replace("worker-1", victim));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("NOT_YOUR_SOURCE");
        assertThat(answer.text("detail")).contains(victim, source);
        assertThat(TopicReader.list(Topics.REPORT_REJECTED).stream()
                        .map(record -> MessageEnvelope.read(record, ReportRejected.class))
                        .filter(rejected -> id.equals(rejected.reportId())))
                .singleElement()
                .satisfies(rejected -> {
                    assertThat(rejected.reason()).isEqualTo(RejectionReason.NOT_YOUR_SOURCE);
                    assertThat(rejected.sourceId()).isEqualTo(source);
                });
        Awaitility.await().untilAsserted(() -> assertThat(countOf(source)).isEqualTo(1));
        assertThat(countOf(victim)).isZero();
    }

    @Test
    void in_a_batch_only_what_is_not_its_own_is_refused() {
        String key = newKey(source);
        String batch = "[" + sensorReport(source) + "," + sensorReport("gw-other") + "," + report(UUID.randomUUID())
                + "," + sensorReport(source) + "]";

        Answer answer = send(requestOf("/v1/reports/batch", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batch)));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.body().path("rejected").valueStream())
                .extracting(item ->
                        item.path("index").asInt() + " " + item.path("reason").asString())
                .containsExactly("1 NOT_YOUR_SOURCE", "2 NOT_YOUR_SOURCE");
    }

    @Test
    void a_key_reports_only_the_types_that_its_source_is_registered_for() {
        assertThat(postReportOf(newKey(source), sensorReport(source).replace("flood.waterlogging", "city.litter"))
                        .text("reason"))
                .isEqualTo("TYPE_NOT_REGISTERED");
    }

    @Test
    void a_key_opens_nothing_but_reporting() {
        String key = newKey(source);

        assertThat(send(requestOf("/v1/sources", key).GET()).text("reason")).isEqualTo("NOT_ALLOWED");
        assertThat(send(requestOf("/v1/sources/" + source + "/keys", key).POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(403);
        assertThat(send(requestOf("/actuator/prometheus", key).GET()).status()).isEqualTo(403);
        assertThat(send(requestOf("/v1/nothing", key).GET()).status()).isEqualTo(404);
    }

    @Test
    void keys_are_for_administrators() {
        newKey(source);
        for (String role : List.of("OPERATOR", "GRID_WORKER", "DEPARTMENT", "ANALYST", "INTEGRATOR")) {
            assertThat(send(requestOfNobody("/v1/sources/" + source + "/keys")
                                    .header("Authorization", "Bearer " + token("someone", role))
                                    .POST(BodyPublishers.noBody()))
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @Test
    void an_older_key_stays_good_until_its_overlap_ends() {
        String first = newKey(source);
        String second = anotherKey(source, "");
        String third = anotherKey(source, "{\"overlap\": \"PT1H\"}");
        List<Integer> whileTheyOverlap = statuses(first, second, third);
        String fourth = anotherKey(source, "{\"overlap\": \"PT0S\"}");

        assertThat(whileTheyOverlap).containsExactly(202, 202, 202);
        assertThat(statuses(first, second, third, fourth)).containsExactly(401, 401, 401, 202);
        assertThat(get("/v1/sources/" + source + "/keys").body().path("items").valueStream())
                .extracting(item -> item.has("endsAt"))
                .containsExactly(false, true, true, true);
    }

    @Test
    void an_overlap_is_never_made_longer_by_a_later_one() {
        String first = newKey(source);
        anotherKey(source, "{\"overlap\": \"PT0S\"}");
        anotherKey(source, "{\"overlap\": \"PT1H\"}");

        assertThat(statuses(first)).containsExactly(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"overlap\": \"1h\"}",
                "{\"overlap\": \"-PT1S\"}",
                "{\"overlap\": \"P31D\"}",
                "{\"overlp\": \"PT1H\"}",
                "[]",
                "null",
                "{"
            })
    void an_overlap_that_cannot_be_is_refused(String body) {
        newKey(source);

        assertThat(post("/v1/sources/" + source + "/keys", "application/json", body)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void a_source_has_no_more_than_ten_good_keys() {
        newKey(source);
        for (int i = 1; i < IssueKey.MOST_GOOD_KEYS; i++) {
            anotherKey(source, "");
        }

        assertThat(post("/v1/sources/" + source + "/keys", "application/json", "")
                        .status())
                .isEqualTo(409);
        anotherKey(source, "{\"overlap\": \"PT0S\"}");
    }

    @Test
    void what_is_not_there_is_not_found() {
        newKey(source);

        assertThat(post("/v1/sources/gw-nobody/keys", "application/json", "").status())
                .isEqualTo(404);
        assertThat(revoke(source, "0123456789abcdef")).isEqualTo(404);
    }

    @Test
    void a_revoked_key_is_refused_everywhere_in_under_a_second_and_both_are_audited() {
        String key = newKey(source);
        String keyId = key.split("_")[1];
        try (StartedIntake other = StartedIntake.start(DATABASE, Map.of())) {
            Awaitility.await().until(() -> otherStatus(other, key) == 200);
            long revokedAt = System.nanoTime();
            int revoked = revoke(source, keyId);
            int here = postReportOf(key, sensorReport(source)).status();
            Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> otherStatus(other, key) == 401);

            assertThat(System.nanoTime() - revokedAt).isLessThan(1_000_000_000L);
            assertThat(revoked).isEqualTo(204);
            assertThat(here).isEqualTo(401);
            assertThat(administrator()
                            .sql("select action || ' ' || actor || ' ' || result from audit.line"
                                    + " where object = :source and detail like '%' || :key || '%' order by sequence")
                            .param("source", source)
                            .param("key", keyId)
                            .query(String.class)
                            .list())
                    .containsExactly("key.issue worker-1 DONE", "key.revoke worker-1 DONE");
        }
    }

    @Test
    void a_key_that_was_refused_is_audited() {
        String key = newKey(source);
        send(requestOf("/v1/sources", key).GET());

        Awaitility.await()
                .until(() -> administrator()
                        .sql("select count(*) from audit.line where actor = :source and result = 'REFUSED:NOT_ALLOWED'")
                        .param("source", source)
                        .query(Integer.class)
                        .single()
                        .equals(1));
    }

    private static int otherStatus(StartedIntake other, String key) {
        return send(other.requestOfNobody("/v1/reports?dryRun=true")
                        .header("X-Api-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")))
                .status();
    }

    private List<Integer> statuses(String... keys) {
        return List.of(keys).stream()
                .map(key -> postReportOf(key, sensorReport(source)).status())
                .toList();
    }

    private int revoke(String source, String keyId) {
        return send(request("/v1/sources/" + source + "/keys/" + keyId).DELETE())
                .status();
    }

    private static int countOf(String source) {
        return administrator()
                .sql("select coalesce(sum(reports), 0) from intake.published_count where source_id = :source")
                .param("source", source)
                .query(Integer.class)
                .single();
    }
}
