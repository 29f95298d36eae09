package org.citybrain.intake.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.citybrain.intake.IntakeTest;
import org.citybrain.intake.TestCity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest extends IntakeTest {

    @Test
    void a_source_that_is_registered_may_report_what_it_is_registered_for() {
        String id = "gw " + UUID.randomUUID();
        Answer put = put(id, """
                {"description": "Flood sensors", "types": ["flood.waterlogging"], "datums": ["WGS84"],
                 "unitCodes": ["500000"], "clockTolerance": "PT30S", "reportsPerSecond": 5}""");
        String key = anotherKey(id.replace(" ", "%20"), "");
        Answer after = postReportOf(key, sensorReport(id));

        assertThat(put.status()).isEqualTo(201);
        assertThat(put.body().path("unitCodes").toString()).isEqualTo("[\"50\"]");
        assertThat(put.text("clockTolerance")).isEqualTo("PT30S");
        assertThat(put.text("provenance")).isEqualTo("REGISTERED");
        assertThat(after.status()).as(after.response().body()).isEqualTo(202);
        assertThat(postReportOf(key, sensorReport(id).replace("flood.waterlogging", "city.litter"))
                        .text("reason"))
                .isEqualTo("TYPE_NOT_REGISTERED");
    }

    @Test
    void a_source_of_one_district_reports_from_there_only() {
        String id = "gw-" + UUID.randomUUID();
        String key = newKey(id);
        put(id, """
                {"types": ["flood.waterlogging"], "datums": ["WGS84"], "unitCodes": ["%s"]}""".formatted(TestCity.EAST));

        Awaitility.await()
                .until(() -> postReportOf(key, sensorReport(id).replace("106.25", "106.75"))
                                .status()
                        == 202);
        assertThat(postReportOf(key, sensorReport(id)).text("reason")).isEqualTo("OUTSIDE_SOURCE_UNITS");
    }

    @Test
    void registering_is_audited_with_what_was_registered() {
        put("gw-audited", "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"], \"reportsPerSecond\": 7}");

        assertThat(administrator().sql("""
                                select actor || ' ' || roles || ' ' || result || ' ' || detail from audit.line
                                where action = 'source.put' and object = 'gw-audited'
                                """).query(String.class).single())
                .startsWith("worker-1 ADMIN,GRID_WORKER DONE {")
                .contains("\"reportsPerSecond\":7", "\"unitCodes\":[\"50\"]");
    }

    @Test
    void an_answer_can_be_changed_and_sent_back() {
        String id = "gw-" + UUID.randomUUID();
        Answer first = put(
                id,
                "{\"types\": [], \"datums\": [\"GCJ02\", \"WGS84\"], \"unitCodes\": [\"50\"], \"description\": \"一\"}");

        Answer second = put(id, first.response().body().replace("一", "二"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("description")).isEqualTo("二");
        assertThat(second.text("registeredAt")).isEqualTo(first.text("registeredAt"));
        assertThat(get("/v1/sources/" + id).body()).isEqualTo(second.body());
    }

    @Test
    void the_demo_gateway_may_report_every_type_in_every_datum() {
        Answer answer = get("/v1/sources/demo-gateway");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("types").size())
                .isEqualTo(administrator()
                        .sql("select count(*) from dispatch.incident_type_view")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(20);
        assertThat(answer.body().path("datums").size()).isEqualTo(4);
        assertThat(answer.text("provenance")).isEqualTo("SYNTHETIC");
        assertThat(postReportOf(anotherKey("demo-gateway", ""), sensorReport("demo-gateway"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void a_body_that_is_too_large_is_not_read_to_its_end() {
        Answer answer = put("gw-bad", " ".repeat(1_000_000) + "{}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("reason")).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void the_list_can_be_paged_through() {
        for (int i = 0; i < 3; i++) {
            put("page-" + i, "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"]}");
        }

        Answer first = get("/v1/sources?limit=2&cursor=page-");
        Answer second = get("/v1/sources?limit=2&cursor=" + first.text("nextCursor"));

        assertThat(ids(first)).containsExactly("page-0", "page-1");
        assertThat(ids(second)).containsExactly("page-2");
        assertThat(second.body().has("nextCursor")).isFalse();
        assertThat(get("/v1/sources?limit=0").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_source_is_not_found() {
        Answer answer = get("/v1/sources/nobody");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("reason")).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | MALFORMED",
                "null | MALFORMED",
                "[] | MALFORMED",
                "{} | MISSING_VALUE",
                "{\"type\": []} | UNKNOWN_FIELD",
                "{\"types\": [\"no.such\"], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"]} | UNKNOWN_TYPE",
                "{\"types\": [null], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"]} | MISSING_VALUE",
                "{\"types\": [], \"datums\": [], \"unitCodes\": [\"50\"]} | BAD_DATUM",
                "{\"types\": [], \"datums\": [\"ED50\"], \"unitCodes\": [\"50\"]} | BAD_DATUM",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": []} | IMPOSSIBLE_VALUE",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"5\"]} | IMPOSSIBLE_VALUE",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\", \"500199\"]} | IMPOSSIBLE_VALUE",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"51\"]} | IMPOSSIBLE_VALUE",
                "{\"types\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]} | MALFORMED",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"], \"clockTolerance\": \"2 min\"} | IMPOSSIBLE_VALUE",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"], \"reportsPerSecond\": 0} | IMPOSSIBLE_VALUE",
                "{\"types\": [], \"datums\": [\"WGS84\"], \"unitCodes\": [\"50\"], \"description\": \"a\\u0000\"} | IMPOSSIBLE_VALUE",
            })
    void what_cannot_be_registered_is_refused_with_a_reason(String body, String reason) {
        Answer answer = put("gw-bad", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.text("detail")).contains("expected");
        assertThat(get("/v1/sources/gw-bad").status()).isEqualTo(404);
    }

    private Answer put(String id, String body) {
        return send(request("/v1/sources/" + id.replace(" ", "%20"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static Iterable<String> ids(Answer answer) {
        return StreamSupport.stream(answer.body().path("items").spliterator(), false)
                .map(item -> item.path("sourceId").asString())
                .toList();
    }
}
