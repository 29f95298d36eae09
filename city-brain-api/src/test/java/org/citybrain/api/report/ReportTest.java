package org.citybrain.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.citybrain.api.running.Broker;
import org.citybrain.api.running.Plan;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReportTest {

    private static final Instant RECEIVED = RunningApi.NOW.minus(Duration.ofHours(1));

    private final RunningApi api = RunningApi.shared();
    private final Stored stored = api.stored().nothing();
    private final UUID report = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"OPENED", "MERGED"})
    void a_report_that_became_part_of_an_incident_names_it(String outcome) {
        UUID incident = stored.incident(RECEIVED).store();
        stored.report(report, RECEIVED, outcome, incident, null);

        Answer answer = api.get("/v1/reports/" + report);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("""
                        {"reportId":"%s","status":"%s","incidentId":"%s","receivedAt":"2026-07-15T09:20:30Z"}""".formatted(report, outcome, incident));
    }

    @Test
    void a_report_that_dispatch_refused_tells_the_reason() {
        stored.report(report, RECEIVED, "REJECTED", null, "UNKNOWN_TYPE");

        assertThat(state()).isEqualTo("REJECTED UNKNOWN_TYPE");
    }

    @Test
    void a_parked_report_waits_until_it_is_discarded() {
        stored.parked(report, RECEIVED, "PARKED", 7);
        assertThat(state()).isEqualTo("PARKED NO_GRID");
        assertThat(api.get("/v1/reports/" + report).json().get("detail").asString())
                .isEqualTo("no grid holds 107.1, 29.9");

        stored.jdbc()
                .sql(
                        "update dispatch.parked_report set status = 'DISCARDED', settled_at = :at, settled_reason = 'a drill'")
                .param("at", RECEIVED.atOffset(ZoneOffset.UTC))
                .update();
        assertThat(state()).isEqualTo("REJECTED NO_GRID");
        assertThat(api.get("/v1/reports/" + report).json().get("detail").asString())
                .isEqualTo("discarded: a drill");
    }

    @Test
    void a_report_that_was_parked_and_retried_speaks_for_itself() {
        stored.parked(report, RECEIVED, "RETRIED", 7);
        stored.report(report, RECEIVED, "OPENED", stored.incident(RECEIVED).store(), null);

        assertThat(state()).isEqualTo("OPENED");
    }

    @Test
    void a_report_that_the_gate_refused_tells_why_for_eight_days() {
        stored.refused(report, RECEIVED, "gw-17", "IMPOSSIBLE_VALUE", 1);
        assertThat(state()).isEqualTo("REJECTED IMPOSSIBLE_VALUE");
        assertThat(api.get("/v1/reports/" + report).json().get("detail").asString())
                .isEqualTo("longitude is 200: expected -180 to 180");

        UUID old = UUID.randomUUID();
        stored.refused(old, RunningApi.NOW.minus(Duration.ofDays(8)).minusSeconds(1), "gw-17", "TOO_LATE", 2);
        assertThat(api.get("/v1/reports/" + old).status()).isEqualTo(404);
    }

    @Test
    void a_report_that_was_refused_then_mended_and_sent_again_is_what_it_became() {
        stored.refused(report, RECEIVED, "gw-17", "IMPOSSIBLE_VALUE", 1);
        stored.report(
                report,
                RECEIVED.plusSeconds(60),
                "MERGED",
                stored.incident(RECEIVED).store(),
                null);

        assertThat(state()).isEqualTo("MERGED");
    }

    @Test
    void a_report_on_the_topic_is_received_until_it_was_worked_off() throws Exception {
        try (Broker broker = Broker.connect(Infrastructure.shared().kafkaBootstrapServers())) {
            long end = broker.write(Topics.REPORT_RECEIVED, 1, 3);
            String last = "/v1/reports/" + report + "?partition=1&offset=" + (end - 1);
            stored.consumed(1, end - 2);

            assertThat(api.get(last).text()).isEqualTo("{\"reportId\":\"" + report + "\",\"status\":\"RECEIVED\"}");
            assertThat(api.get("/v1/reports/" + report).status()).isEqualTo(404);
            assertThat(api.get("/v1/reports/" + report + "?partition=1&offset=" + end)
                            .status())
                    .isEqualTo(404);
            assertThat(api.get("/v1/reports/" + report + "?partition=2&offset=0")
                            .status())
                    .isEqualTo(404);

            // Just written: an answer given before must not hide it.
            broker.write(Topics.REPORT_RECEIVED, 1, 1);
            assertThat(api.get("/v1/reports/" + report + "?partition=1&offset=" + end)
                            .status())
                    .isEqualTo(200);

            stored.consumed(1, end);
            assertThat(api.get(last).status()).isEqualTo(404);
            stored.report(report, RECEIVED, "OPENED", stored.incident(RECEIVED).store(), null);
            assertThat(api.get(last).json().get("status").asString()).isEqualTo("OPENED");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partition=1",
                "offset=1",
                "partition=-1&offset=1",
                "partition=1&offset=-1",
                "partition=x&offset=1",
                "partition=4294967295&offset=1",
                "partition=1&offset=18446744073709551615",
            })
    void a_place_on_the_topic_needs_both_its_parts(String query) {
        Answer answer = api.get("/v1/reports/" + report + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void an_unknown_report_is_not_found_and_no_id_is_refused() {
        assertThat(api.get("/v1/reports/" + report).reason()).isEqualTo("NOT_FOUND");
        assertThat(api.get("/v1/reports/17").reason()).isEqualTo("BAD_PARAMETER");
    }

    @Test
    void a_look_up_reads_one_partition_of_the_reports() {
        stored.report(report, Instant.parse("2026-06-20T00:00:00Z"), "REJECTED", null, "UNKNOWN_TYPE");
        stored.report(UUID.randomUUID(), RECEIVED, "REJECTED", null, "UNKNOWN_TYPE");
        // Of tables that are all but empty any plan costs the same.
        JdbcClient administrator = JdbcClient.create(api.database().administratorDataSource());
        administrator.sql("""
                        insert into dispatch.report
                        select made.*
                        from dispatch.report r cross join generate_series(1, 3000) n
                        cross join lateral jsonb_populate_record(r, jsonb_build_object(
                            'report_id', left(r.report_id::text, 24) || lpad(to_hex(n), 12, '0'))) made
                        """).update();
        administrator.sql("""
                        insert into dispatch.report_key (report_id, received_at, content_digest)
                        select report_id, received_at, 0 from dispatch.report on conflict do nothing
                        """).update();
        administrator.sql("analyze dispatch.report, dispatch.report_key").update();

        Plan plan = Plan.of(
                api.database(),
                ReportQueries.STATE,
                statement ->
                        statement.param("reportId", report).param("refusedSince", RECEIVED.atOffset(ZoneOffset.UTC)));

        assertThat(plan.relationsRead())
                .filteredOn(name -> name.startsWith("report_2"))
                .containsExactly("report_2026_06");
    }

    private String state() {
        var state = api.get("/v1/reports/" + report).json();
        return state.get("status").asString()
                + (state.has("reason") ? " " + state.get("reason").asString() : "");
    }
}
