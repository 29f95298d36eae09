package org.citybrain.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.citybrain.api.running.RunningApi;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages' files as a browser gets them that has not signed in. */
class PageFilesTest {

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">.*?</script>", Pattern.DOTALL);

    private final RunningApi api = RunningApi.shared();

    @Test
    void the_shell_is_sent_with_the_policy_of_its_own_import_map() throws Exception {
        HttpResponse<byte[]> shell = get("/");

        String html = new String(shell.body(), StandardCharsets.UTF_8);
        String map =
                IMPORT_MAP.matcher(html).results().findFirst().orElseThrow().group();
        String policy = header(shell, "Content-Security-Policy");
        assertThat(policy)
                .contains(new PagePolicy(List.of(map), Optional.empty())
                        .directives()
                        .replaceAll(".*(script-src 'self' 'sha256-[^']+').*", "$1"))
                .contains("img-src 'self' data: blob:;");
    }

    @ParameterizedTest
    @CsvSource({
        "/webjars/ol/dist/ol.js, text/javascript",
        "/webjars/ol/ol.css, text/css",
        "/webjars/echarts/dist/echarts.common.min.js, text/javascript",
        "/webjars/lit/index.js, text/javascript",
        "/webjars/lit/directives/repeat.js, text/javascript",
        "/webjars/lit-html/lit-html.js, text/javascript",
        "/webjars/lit-element/lit-element.js, text/javascript",
        "/webjars/lit__reactive-element/reactive-element.js, text/javascript",
        "/page/screen.js, text/javascript",
        "/page/look/icon.svg, image/svg+xml",
        "/page/words/zh-CN.json, application/json"
    })
    void a_file_is_asked_for_again_each_time_but_sent_only_when_it_has_changed(String path, String type)
            throws Exception {
        HttpResponse<byte[]> first = get(path);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Content-Type")).startsWith(type);
        assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(first, "X-Content-Type-Options")).isEqualTo("nosniff");
        HttpResponse<byte[]> again = get(path, "If-None-Match", header(first, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(get(path, "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webjars/ol/dist/ol.js", "/page/screen.js", "/v3/api-docs"})
    void text_is_compressed_for_those_who_can_read_it(String path) throws Exception {
        HttpResponse<byte[]> plain = get(path);
        HttpResponse<byte[]> compressed = get(path, "Accept-Encoding", "gzip");

        assertThat(header(plain, "Content-Encoding")).isEmpty();
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void an_event_stream_is_not_compressed_for_it_would_wait_for_more() throws Exception {
        String token = Infrastructure.shared().issuer().token("city-operator", "50", "OPERATOR");
        HttpRequest request = HttpRequest.newBuilder(api.address().resolve("/v1/stream"))
                .header("Authorization", "Bearer " + token)
                .header("Accept-Encoding", "gzip")
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> stream = browser.send(request, HttpResponse.BodyHandlers.ofInputStream());
            stream.body().close();

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(header(stream, "Content-Encoding")).isEmpty();
            browser.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webjars/ol/dist/none.js",
                "/webjars/none/index.js",
                "/webjars/",
                "/page/none.js",
                "/page/..%2f..%2fcity-brain-api.yml",
                "/city-brain-api.yml",
                "/META-INF/MANIFEST.MF"
            })
    void nothing_else_is_there(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(400, 401, 404);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.address().resolve(path));
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return browser.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
