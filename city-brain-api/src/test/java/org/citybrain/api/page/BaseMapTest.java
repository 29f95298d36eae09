package org.citybrain.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.RunningApi.Answer;
import org.citybrain.messages.Datum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of streets under all others: none, unless somebody wants one. */
class BaseMapTest {

    private static final String TILES = "https://tiles.example.org:8443/{z}/{x}/{y}.png?key=k";

    @Test
    void there_is_none_unless_somebody_wants_one() throws Exception {
        RunningApi api = RunningApi.shared();

        assertThat(api.get("/v1/base-map").json().get("url").isNull()).isTrue();
        assertThat(policy(api)).contains("img-src 'self' data: blob:;").doesNotContain("http");
    }

    @Test
    void a_chosen_one_is_told_and_the_page_may_load_its_pictures() throws Exception {
        try (RunningApi api = RunningApi.start(
                "city-brain.api.base-map.url=" + TILES,
                "city-brain.api.base-map.attribution=© 测试",
                "city-brain.api.base-map.datum=GCJ02",
                "city-brain.api.base-map.largest-zoom=17")) {
            Answer answer = api.get("/v1/base-map");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text())
                    .isEqualTo("{\"url\":\"" + TILES
                            + "\",\"attribution\":\"© 测试\",\"datum\":\"GCJ02\",\"largestZoom\":17}");
            assertThat(policy(api))
                    .contains("img-src 'self' data: blob: https://tiles.example.org:8443;")
                    .containsOnlyOnce("http");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://tiles.example.org/{z}/{x}/{y}.png, https://tiles.example.org",
        "https://tiles.example.org/{z}/{x}/{-y}.png, https://tiles.example.org",
        "https://tiles.example.org/wmts?row={y}&col={x}&zoom={z}, https://tiles.example.org",
        "http://127.0.0.1:9000/{z}/{x}/{y}.png, http://127.0.0.1:9000",
        "http://[::1]:9000/{z}/{x}/{y}.png, http://[::1]:9000",
        "http://localhost/{z}/{x}/{y}.png, http://localhost"
    })
    void its_host_alone_is_let_in(String url, String origin) {
        assertThat(settings(url, Datum.WGS84, 18).origin()).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tiles.example.org/{z}/{x}/{y}.png",
                "http://10.0.0.1/{z}/{x}/{y}.png",
                "https://tiles.example.org/{x}/{y}.png",
                "https://tiles.example.org/{z}/{y}.png",
                "https://tiles.example.org/{z}/{x}.png",
                "https://{s}.example.org/{z}/{x}/{y}.png",
                "https://*/{z}/{x}/{y}.png",
                "https://key@tiles.example.org/{z}/{x}/{y}.png",
                "https:///{z}/{x}/{y}.png",
                "//tiles.example.org/{z}/{x}/{y}.png",
                "https://a.example.org; script-src */{z}/{x}/{y}.png",
                "yes"
            })
    void anything_else_stops_the_start_and_says_what_was_expected(String url) {
        assertThatThrownBy(() -> settings(url, Datum.WGS84, 18))
                .hasMessage(
                        "city-brain.api.base-map.url is '" + url
                                + "': expected a URL such as https://tiles.example.org/{z}/{x}/{y}.png, https unless the host is this machine");
    }

    @Test
    void tiles_that_do_not_fit_stop_the_start() {
        assertThatThrownBy(() -> settings(TILES, Datum.BD09, 18)).hasMessageContaining("datum is BD09: expected WGS84");
        assertThatThrownBy(() -> settings(TILES, Datum.WGS84, 0))
                .hasMessageContaining("largest-zoom is 0: expected 1 to 22");
        assertThatThrownBy(() -> settings(TILES, Datum.WGS84, 23)).hasMessageContaining("largest-zoom is 23");
    }

    private static BaseMapSettings settings(String url, Datum datum, int largestZoom) {
        return new BaseMapSettings(url, "", datum, largestZoom);
    }

    private static String policy(RunningApi api) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            URI shell = api.address().resolve("/");
            return browser.send(HttpRequest.newBuilder(shell).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow();
        }
    }
}
