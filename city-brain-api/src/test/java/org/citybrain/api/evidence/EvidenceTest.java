package org.citybrain.api.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageJson;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EvidenceTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();
    private static final String WORKER = ISSUER.token("grid-worker", Stored.GRID, "GRID_WORKER");
    private static final String CITY_OPERATOR = ISSUER.token("city-operator", "50", "OPERATOR");
    private static final String OPERATOR = ISSUER.token("district-operator", "500112", "OPERATOR");
    private static final String STRANGER = ISSUER.token("other-operator", "500117", "OPERATOR");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PART = "application/offset+octet-stream";

    private final RunningApi api = RunningApi.shared();
    private final Random random = new Random(8);
    private Stored stored;

    @BeforeEach
    void store() {
        stored = api.stored().nothing();
    }

    @Test
    void a_photo_is_stored_once_under_its_hash_and_comes_back_as_a_file_to_be_saved() throws Exception {
        byte[] photo = photo(300_000);
        HttpResponse<byte[]> first = put(WORKER, hash(photo), "image/jpeg", photo);
        HttpResponse<byte[]> again = put(WORKER, hash(photo), "image/jpeg", photo);

        assertThat(first.statusCode()).as(text(first)).isEqualTo(200);
        assertThat(json(first).get("uri").asString()).isEqualTo("citybrain:evidence/" + hash(photo));
        assertThat(text(again)).isEqualTo(text(first));
        HttpResponse<byte[]> got = send(WORKER, "GET", hash(photo));
        assertThat(got.body()).isEqualTo(photo);
        assertThat(header(got, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(got, "Content-Disposition")).startsWith("attachment; filename=");
        assertThat(header(got, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(got, "Cache-Control")).contains("private");
        HttpResponse<byte[]> head = send(WORKER, "HEAD", hash(photo));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("300000");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void it_is_read_by_who_sent_it_and_by_who_sees_an_incident_that_refers_to_it() throws Exception {
        byte[] photo = photo(1_000);
        put(WORKER, hash(photo), "image/jpeg", photo);
        assertThat(send(WORKER, "GET", hash(photo)).statusCode()).isEqualTo(200);
        assertThat(send(OPERATOR, "GET", hash(photo)).statusCode())
                .as("nothing refers to it")
                .isEqualTo(404);

        report(stored.incident(OPENED).store(), "GRID_WORKER", "grid-worker", photo);

        assertThat(send(OPERATOR, "GET", hash(photo)).body()).isEqualTo(photo);
        assertThat(send(STRANGER, "GET", hash(photo)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REPORTED_BACK | {"evidence": [{"uri": "citybrain:evidence/%s"}]}
            REPORTED_BACK | {"evidence": [{"sha256": "%s"}]}
            SERVED        | {"checkIns": [{"evidence": ["%s"]}]}
            """)
    void a_report_back_and_a_service_refer_to_evidence_as_a_report_does(String kind, String detail) throws Exception {
        byte[] photo = photo(1_000);
        put(CITY_OPERATOR, hash(photo), "image/jpeg", photo);
        UUID incident = stored.incident(OPENED).store();
        Stored.change(stored.jdbc(), incident, kind, detail.formatted(hash(photo)));

        assertThat(send(OPERATOR, "GET", hash(photo)).statusCode()).isEqualTo(200);
        assertThat(send(STRANGER, "GET", hash(photo)).statusCode()).isEqualTo(404);
    }

    @Test
    void who_knows_only_the_hash_gets_nothing_by_announcing_it() throws Exception {
        byte[] photo = photo(1_000);
        put(WORKER, hash(photo), "image/jpeg", photo);

        HttpResponse<byte[]> begun = begin(STRANGER, hash(photo), "image/jpeg", photo.length);
        assertThat(header(begun, "Upload-Offset")).isEqualTo("0");
        assertThat(send(STRANGER, "GET", hash(photo)).statusCode()).isEqualTo(404);
    }

    @Test
    void who_knows_only_the_hash_does_not_open_it_by_referring_to_it() throws Exception {
        byte[] photo = photo(1_000);
        put(WORKER, hash(photo), "image/jpeg", photo);
        UUID theirs = stored.incident(OPENED).grids(Stored.OTHER_GRID).store();

        report(theirs, "OPERATOR", "other-operator", photo);
        Stored.change(stored.jdbc(), theirs, "NOTED", "{\"evidence\": [{\"sha256\": \"%s\"}]}".formatted(hash(photo)));
        report(theirs, "SENSOR", "grid-worker", photo);
        assertThat(send(STRANGER, "GET", hash(photo)).statusCode()).isEqualTo(404);

        report(theirs, "GRID_WORKER", "grid-worker", photo);
        assertThat(send(STRANGER, "GET", hash(photo)).statusCode())
                .as("who has sent it refers to it")
                .isEqualTo(200);
    }

    @Test
    void what_is_not_what_it_is_said_to_be_is_refused_and_leaves_nothing() throws Exception {
        byte[] photo = photo(1_000);
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        String unknown = "0".repeat(64);

        assertThat(reason(put(WORKER, unknown, "image/jpeg", photo))).isEqualTo("422 EVIDENCE_DIFFERS");
        assertThat(reason(put(WORKER, hash(page), "image/jpeg", page))).isEqualTo("415 EVIDENCE_TYPE");
        assertThat(reason(put(WORKER, hash(page), "text/html", page))).isEqualTo("415 EVIDENCE_TYPE");
        assertThat(reason(put(WORKER, hash(new byte[0]), "image/jpeg", new byte[0])))
                .isEqualTo("400 BAD_BODY");
        assertThat(reason(put(WORKER, "nothing", "image/jpeg", photo))).isEqualTo("400 BAD_PARAMETER");
        assertThat(reason(begin(WORKER, unknown, "image/jpeg", 20L * 1024 * 1024 + 1)))
                .isEqualTo("413 EVIDENCE_TOO_LARGE");
        assertThat(reason(begin(WORKER, unknown, "video/avi", 10))).isEqualTo("415 EVIDENCE_TYPE");
        assertThat(send(WORKER, "GET", unknown).statusCode()).isEqualTo(404);
        assertThat(stored.jdbc()
                        .sql("select count(*) from api.evidence")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fetc%2fpasswd",
                "ABCDEF0000000000000000000000000000000000000000000000000000000000",
                "uploads",
                "9f86"
            })
    void a_name_that_is_no_hash_leads_nowhere(String name) throws Exception {
        assertThat(send(WORKER, "GET", name).statusCode()).isBetween(400, 404);
    }

    @Test
    void a_photo_comes_in_parts_and_goes_on_where_it_broke_off() throws Exception {
        byte[] photo = photo(250_000);
        HttpResponse<byte[]> begun = begin(WORKER, hash(photo), "image/jpeg", photo.length);
        String upload = header(begun, "Location");
        assertThat(begun.statusCode()).as(text(begun)).isEqualTo(201);
        assertThat(header(begun, "Tus-Resumable")).isEqualTo("1.0.0");

        HttpResponse<byte[]> first = patch(WORKER, upload, 0, Arrays.copyOfRange(photo, 0, 100_000));
        assertThat(first.statusCode()).as(text(first)).isEqualTo(204);
        HttpResponse<byte[]> repeated = patch(WORKER, upload, 0, Arrays.copyOfRange(photo, 0, 100_000));
        assertThat(reason(repeated)).isEqualTo("409 UPLOAD_OFFSET");
        assertThat(header(repeated, "Upload-Offset")).isEqualTo("100000");
        assertThat(header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Location"))
                .as("announced again")
                .isEqualTo(upload);
        assertThat(header(send(WORKER, "HEAD", upload.substring("/v1/evidence/".length())), "Upload-Offset"))
                .isEqualTo("100000");
        assertThat(patch(STRANGER, upload, 100_000, new byte[1]).statusCode()).isEqualTo(404);

        HttpResponse<byte[]> last = patch(WORKER, upload, 100_000, Arrays.copyOfRange(photo, 100_000, photo.length));
        assertThat(header(last, "Upload-Offset")).isEqualTo("250000");
        assertThat(header(last, "Content-Location")).isEqualTo("/v1/evidence/" + hash(photo));
        assertThat(send(WORKER, "GET", hash(photo)).body()).isEqualTo(photo);
        assertThat(header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Upload-Offset"))
                .as("all of it is there")
                .isEqualTo("250000");
        assertThat(files("uploads")).isZero();
    }

    @Test
    void of_a_part_whose_network_breaks_counts_what_has_come() throws Exception {
        byte[] photo = photo(200_000);
        String upload = header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Location");

        breakOff(upload, photo, 60_000);
        await().until(() -> offset(upload) == 60_000);

        assertThat(patch(WORKER, upload, 60_000, Arrays.copyOfRange(photo, 60_000, photo.length))
                        .statusCode())
                .isEqualTo(204);
        assertThat(send(WORKER, "GET", hash(photo)).body()).isEqualTo(photo);
    }

    @Test
    void parts_that_do_not_make_up_what_was_announced_are_forgotten() throws Exception {
        byte[] photo = photo(10_000);
        String upload = header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Location");
        patch(WORKER, upload, 0, Arrays.copyOfRange(photo, 0, 5_000));

        assertThat(reason(patch(WORKER, upload, 5_000, new byte[5_000]))).isEqualTo("422 EVIDENCE_DIFFERS");
        assertThat(patch(WORKER, upload, 5_000, new byte[1]).statusCode()).isEqualTo(404);
        assertThat(files("uploads")).isZero();
        assertThat(header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Upload-Offset"))
                .isEqualTo("0");
    }

    @Test
    void one_person_sends_only_so_much_within_a_day() throws Exception {
        byte[] photo = photo(2_000);
        byte[] older = photo(1_000);
        put(WORKER, hash(older), "image/jpeg", older);
        stored.jdbc()
                .sql("update api.evidence_sender set size_bytes = :size")
                .param("size", 200L * 1024 * 1024 - 1_999)
                .update();

        assertThat(reason(put(WORKER, hash(photo), "image/jpeg", photo))).isEqualTo("429 EVIDENCE_QUOTA");
        assertThat(put(WORKER, hash(older), "image/jpeg", older).statusCode())
                .as("the same again costs nothing")
                .isEqualTo(200);
        stored.jdbc()
                .sql("update api.evidence_sender set sent_at = sent_at - interval '24 hours'")
                .update();
        assertThat(put(WORKER, hash(photo), "image/jpeg", photo).statusCode()).isEqualTo(200);
    }

    @Test
    void who_sends_at_once_sends_no_more_than_one_after_the_other() throws Exception {
        byte[] older = photo(1_000);
        put(WORKER, hash(older), "image/jpeg", older);
        stored.jdbc()
                .sql("update api.evidence_sender set size_bytes = :size")
                .param("size", 200L * 1024 * 1024 - 3_999)
                .update();
        List<CompletableFuture<HttpResponse<byte[]>>> sent = new ArrayList<>();
        for (int n = 0; n < 16; n++) {
            byte[] photo = photo(2_000);
            sent.add(HTTP.sendAsync(
                    request(WORKER, "/v1/evidence/" + hash(photo))
                            .header("Content-Type", "image/jpeg")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(photo))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray()));
        }

        assertThat(sent)
                .extracting(answer -> answer.join().statusCode())
                .containsOnlyOnce(200)
                .filteredOn(status -> status == 429)
                .hasSize(15);
    }

    @Test
    void an_upload_that_nothing_has_come_for_is_not_there_any_more() throws Exception {
        byte[] photo = photo(1_000);
        String upload = header(begin(WORKER, hash(photo), "image/jpeg", photo.length), "Location");
        stored.jdbc()
                .sql("update api.evidence_upload set expires_at = :now")
                .param("now", RunningApi.NOW.atOffset(ZoneOffset.UTC))
                .update();

        assertThat(patch(WORKER, upload, 0, photo).statusCode()).isEqualTo(404);
    }

    private void report(UUID incident, String kind, String source, byte[] photo) {
        UUID report = UUID.randomUUID();
        stored.report(report, OPENED, "MERGED", incident, null);
        stored.jdbc()
                .sql("""
                        update dispatch.report set report = :report::json, source_kind = :kind, source_id = :source
                        where report_id = :id
                        """)
                .param("report", """
                        {"report": {"evidence": [{"uri": "citybrain:evidence/%s"}]}}""".formatted(hash(photo)))
                .param("kind", kind)
                .param("source", source)
                .param("id", report)
                .update();
    }

    private byte[] photo(int size) {
        byte[] photo = new byte[size];
        random.nextBytes(photo);
        System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0}, 0, photo, 0, 4);
        return photo;
    }

    private HttpResponse<byte[]> put(String token, String hash, String type, byte[] body) throws Exception {
        return HTTP.send(
                request(token, "/v1/evidence/" + hash)
                        .header("Content-Type", type)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> begin(String token, String hash, String type, long size) throws Exception {
        return HTTP.send(
                request(token, "/v1/evidence")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(size))
                        .header("Upload-Metadata", "sha256 " + base64(hash) + ",filetype " + base64(type))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> patch(String token, String upload, long offset, byte[] part) throws Exception {
        return HTTP.send(
                request(token, upload)
                        .header("Content-Type", PART)
                        .header("Upload-Offset", Long.toString(offset))
                        .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(part))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Says that all of it comes, and hangs up. */
    private void breakOff(String upload, byte[] photo, int after) throws IOException {
        try (var socket = new Socket("127.0.0.1", api.address().getPort())) {
            OutputStream to = socket.getOutputStream();
            to.write("""
                    PATCH %s HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Authorization: Bearer %s\r
                    Content-Type: %s\r
                    Upload-Offset: 0\r
                    Content-Length: %d\r
                    \r
                    """.formatted(upload, WORKER, PART, photo.length).getBytes(StandardCharsets.US_ASCII));
            to.write(photo, 0, after);
            to.flush();
        }
    }

    private long offset(String upload) throws Exception {
        return Long.parseLong(
                header(send(WORKER, "HEAD", upload.substring("/v1/evidence/".length())), "Upload-Offset"));
    }

    private HttpResponse<byte[]> send(String token, String method, String name) throws Exception {
        return HTTP.send(
                request(token, "/v1/evidence/" + name)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(api.address().resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static long files(String folder) throws IOException {
        Path place = Path.of("target", "evidence", folder);
        if (!Files.exists(place)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return MessageJson.MAPPER.readTree(text(answer));
    }

    private static String reason(HttpResponse<byte[]> answer) {
        return answer.statusCode() + " " + json(answer).get("reason").asString();
    }
}
