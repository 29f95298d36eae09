package org.citybrain.api.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.citybrain.api.running.DispatchStandIn;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on to grid-service and event-intake, over HTTP, to stand-ins that answer as they are told to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighbourTest {

    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();
    private static final String WORKER = ISSUER.token("grid-worker", "500112001001001", "GRID_WORKER");

    private final DispatchStandIn grid;
    private final DispatchStandIn intake;
    private final RunningApi api;

    NeighbourTest() throws IOException {
        grid = new DispatchStandIn();
        intake = new DispatchStandIn();
        api = RunningApi.start(
                "city-brain.api.neighbour.grid-url=" + grid.url() + "/",
                "city-brain.api.neighbour.intake-url=" + intake.url(),
                "city-brain.api.neighbour.read-timeout=300ms");
    }

    @BeforeAll
    void waitForNothing() {
        assertThat(api.get("/v1/me").status()).isEqualTo(200);
    }

    @BeforeEach
    void answerWell() {
        grid.answer(200, "{\"from\": \"grid-service\"}");
        grid.tag("");
        grid.forget();
        intake.answer(202, "{\"from\": \"event-intake\"}");
        intake.forget();
    }

    @AfterAll
    void stop() {
        api.close();
        grid.close();
        intake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/tiles",
                "/v1/tiles/districts/7/101/52.mvt?mapVersion=1",
                "/v1/units?tier=CITY",
                "/v1/units/500112/children?limit=2&cursor=a%2Bb",
                "/v1/locate?longitude=106.5&latitude=29.5&datum=WGS84",
                "/v1/map-versions",
                "/v1/map-versions/1/diff",
                "/v1/responsibilities?longitude=106.5",
                "/v1/staff?unit=500103001&limit=1000",
                "/ogc",
                "/ogc/collections/grids/items?bbox=106,29,107,30&name=%E6%B8%9D"
            })
    void what_a_page_reads_of_the_map_is_passed_on_as_it_is(String path) {
        Answer answer = api.getAs(WORKER, path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"from\": \"grid-service\"}");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(grid.lastRequest()).isEqualTo("GET " + path);
        assertThat(grid.lastHeader("Authorization")).isEqualTo("Bearer " + WORKER);
        assertThat(intake.lastRequest()).isEmpty();
    }

    @Test
    void a_report_is_passed_on_and_its_refusal_comes_back() {
        Answer taken = api.postAs(WORKER, "/v1/reports", "{\"type\": \"积水\"}");

        assertThat(taken.status()).isEqualTo(202);
        assertThat(intake.lastRequest()).isEqualTo("POST /v1/reports");
        assertThat(intake.lastBody()).isEqualTo("{\"type\": \"积水\"}");
        assertThat(intake.lastHeader("Content-Type")).startsWith("application/json");
        assertThat(intake.lastHeader("Authorization")).isEqualTo("Bearer " + WORKER);

        intake.answer(
                422,
                "{\"title\":\"Unknown type\",\"status\":422,\"detail\":\"d\",\"instance\":\"/v1/reports\",\"reason\":\"UNKNOWN_TYPE\"}");
        assertThat(api.postAs(WORKER, "/v1/reports?dryRun=true", "{}").reason()).isEqualTo("UNKNOWN_TYPE");
        assertThat(intake.lastRequest()).isEqualTo("POST /v1/reports?dryRun=true");
    }

    @Test
    void cookies_and_keys_stay_here() {
        api.get("/v1/tiles", "Cookie", "CITY_BRAIN_API=1", "X-Api-Key", "secret", "If-None-Match", "\"7\"");

        assertThat(grid.lastHeader("Cookie")).isEmpty();
        assertThat(grid.lastHeader("X-Api-Key")).isEmpty();
        assertThat(grid.lastHeader("If-None-Match")).isEqualTo("\"7\"");
    }

    @Test
    void what_was_not_changed_is_not_sent_again() {
        grid.tag("\"7\"");

        assertThat(api.get("/v1/tiles").header("ETag")).isEqualTo("W/\"7\"");
        grid.answer(304, "");
        Answer unchanged = api.get("/v1/tiles", "If-None-Match", "W/\"7\"");
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo("W/\"7\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/staff/li",
        "GET, /v1/imports",
        "POST, /v1/imports",
        "GET, /v1/sources",
        "POST, /v1/reports/batch",
        "GET, /internal/v1/incidents",
        "PUT, /v1/units/50/calendar",
        "POST, /v1/tiles"
    })
    void nothing_else_is_passed_on(String method, String path) {
        assertThat(api.send(method, path).status()).isIn(404, 405);
        assertThat(grid.lastRequest() + intake.lastRequest()).isEmpty();
    }

    @Test
    void nobody_asks_through_here_without_a_token_and_only_who_may_report_reports() {
        assertThat(api.getAs("", "/v1/tiles").status()).isEqualTo(401);
        assertThat(api.getAs("", "/ogc").status()).isEqualTo(401);
        assertThat(api.postAs(ISSUER.token("li", "50", "ANALYST"), "/v1/reports", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(grid.lastRequest() + intake.lastRequest()).isEmpty();
    }

    @Test
    void a_body_that_is_too_large_is_refused_here() {
        assertThat(api.postAs(WORKER, "/v1/reports", "\"" + "x".repeat(70_000) + "\"")
                        .reason())
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(intake.lastRequest()).isEmpty();
    }

    @Test
    void a_neighbour_that_is_silent_or_away_is_a_problem_that_says_so() {
        Answer away;
        try (DispatchStandIn silent = new DispatchStandIn();
                RunningApi alone = api.startAnother(
                        "city-brain.api.neighbour.grid-url=http://127.0.0.1:" + DispatchStandIn.freePort(),
                        "city-brain.api.neighbour.intake-url=" + silent.url(),
                        "city-brain.api.neighbour.read-timeout=300ms")) {
            silent.keepSilent();
            away = alone.getAs(WORKER, "/v1/tiles");
            assertThat(away.status()).isEqualTo(503);
            assertThat(away.reason()).isEqualTo("GRID_UNREACHABLE");
            assertThat(away.header("Retry-After")).isEqualTo("2");
            assertThat(alone.postAs(WORKER, "/v1/reports", "{}").reason()).isEqualTo("INTAKE_UNREACHABLE");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
