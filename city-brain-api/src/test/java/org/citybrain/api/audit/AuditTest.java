package org.citybrain.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** The order counts: what is written first is what is tampered with later. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANALYST = Infrastructure.shared().issuer().token("analyst", "50", "ANALYST");

    private static RunningApi api;
    private static JdbcClient administrator;

    @BeforeAll
    static void start() {
        api = RunningApi.start("city-brain.api.audit.anchor-every=100ms");
        administrator = api.stored().jdbc();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    @Order(1)
    void whoever_was_turned_away_stands_in_it_with_what_they_wanted() {
        api.getAs("", "/v1/incidents");
        api.getAs(ANALYST, "/v1/incidents");
        api.getAs("forged.token.here", "/v1/me");

        await().atMost(PATIENCE).until(() -> lines().size() >= 3);
        assertThat(lines())
                .contains(
                        "nobody/GET//v1/incidents/REFUSED:NOT_SIGNED_IN",
                        "analyst/GET//v1/incidents/REFUSED:NOT_ALLOWED",
                        "nobody/GET//v1/me/REFUSED:BAD_TOKEN");
        assertThat(api.get("/v1/audit?actor=analyst").items("actor")).containsOnly("analyst");
    }

    @Test
    @Order(2)
    void it_is_whole_and_its_head_is_anchored_outside_the_database() {
        await().atMost(PATIENCE).until(() -> verification().get("anchors").asInt() > 0);

        JsonNode verification = verification();
        assertThat(verification.get("intact").asBoolean())
                .as(verification.toString())
                .isTrue();
        assertThat(verification.get("lines").asInt()).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(
            strings = {
                "update audit.line set actor = 'somebody else' where sequence = 2",
                "update audit.line set recorded_at = recorded_at + interval '1 second' where sequence = 1",
                "update audit.line set origin = null where sequence = 3"
            })
    void a_changed_line_is_found(String change) {
        assertThat(faultAfter(change)).isEqualTo("CHANGED");
    }

    @Test
    @Order(4)
    void a_missing_line_is_found() {
        assertThat(faultAfter("delete from audit.line where sequence = 2")).isEqualTo("MISSING");
    }

    @Test
    @Order(5)
    void an_end_that_was_cut_off_is_found() {
        assertThat(faultAfter("delete from audit.line where sequence > 1")).isEqualTo("CUT_OFF");
    }

    @Test
    @Order(6)
    void a_trail_that_was_written_anew_with_hashes_that_fit_is_found_by_its_anchors() {
        String forged = """
                create temporary table kept on commit drop as select * from audit.line order by sequence;
                delete from audit.line;
                select audit.append(service, 'somebody else', roles, unit, action, object, origin, result, detail, trace_id)
                from (select * from kept order by sequence) kept;
                """;
        assertThat(faultAfter(forged)).isEqualTo("CHANGED");
    }

    @Test
    @Order(7)
    void no_service_may_change_or_remove_a_line_or_write_one_by_itself() {
        for (ServiceLogin login : ServiceLogin.values()) {
            JdbcClient service = JdbcClient.create(api.database().dataSource(login));
            for (String attempt : List.of(
                    "update audit.line set actor = 'x'",
                    "delete from audit.line",
                    "truncate audit.line",
                    "insert into audit.line (sequence) values (1000)",
                    "update audit.line_view set actor = 'x'")) {
                assertThatThrownBy(() -> service.sql(attempt).update())
                        .as(login + ": " + attempt)
                        .rootCause()
                        .hasMessageContaining("permission denied");
            }
        }
    }

    /** Tampers with the trail, has it verified, and brings it back to what it was. */
    private static String faultAfter(String tampering) {
        administrator
                .sql("create table if not exists public.saved as select * from audit.line")
                .update();
        try {
            tamper(tampering);
            JsonNode verification = verification();
            assertThat(verification.get("intact").asBoolean()).isFalse();
            return verification.at("/faults/0/kind").asString();
        } finally {
            tamper("delete from audit.line; insert into audit.line select * from public.saved order by sequence");
            administrator.sql("drop table public.saved").update();
        }
    }

    private static void tamper(String sql) {
        var database = api.database().administratorDataSource();
        new TransactionTemplate(new JdbcTransactionManager(database))
                .executeWithoutResult(transaction -> new JdbcTemplate(database).execute(sql));
    }

    private static JsonNode verification() {
        Answer answer = api.get("/v1/audit/verification");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> lines() {
        return api.get("/v1/audit?limit=200")
                .json()
                .get("items")
                .valueStream()
                .map(line -> String.join(
                        "/",
                        line.get("actor").asString(),
                        line.get("action").asString(),
                        line.get("object").asString(),
                        line.get("result").asString()))
                .toList();
    }
}
