package org.citybrain.intake.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.citybrain.intake.admit.Verdict.Admitted;
import org.citybrain.intake.admit.Verdict.Refused;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/** Whatever comes, the gate answers with a verdict that can be published and stored. */
class HostileReportsTest {

    private final AdmissionGate gate = new Gates().gate();

    @Property(tries = 3_000)
    void any_bytes_get_a_verdict(@ForAll byte[] bytes) {
        assertPublishable(bytes);
    }

    @Property(tries = 5_000)
    void a_report_with_some_bytes_changed_gets_a_verdict(@ForAll("bytesChanged") byte[] bytes) {
        assertPublishable(bytes);
    }

    @Property(tries = 5_000)
    void a_report_with_a_value_replaced_gets_a_verdict(@ForAll("valueReplaced") String json) {
        assertPublishable(json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertPublishable(byte[] bytes) {
        ReportReading reading = ReportReader.read(bytes, 0, bytes.length);
        Verdict verdict = gate.judge(reading, Gates.honestSender(reading), Gates.NOW, true);
        String json = switch (verdict) {
            case Admitted admitted -> MessageJson.MAPPER.writeValueAsString(admitted.received());
            case Refused refused -> MessageJson.MAPPER.writeValueAsString(refused.message());
        };
        assertNoNul(MessageJson.MAPPER.readTree(json));
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
    }

    private static void assertNoNul(JsonNode node) {
        if (node.isString()) {
            assertThat(node.asString()).doesNotContain("\0");
        }
        node.forEach(HostileReportsTest::assertNoNul);
    }

    @Provide
    Arbitrary<byte[]> bytesChanged() {
        byte[] full = Reports.full().getBytes(StandardCharsets.UTF_8);
        Arbitrary<Integer> places = Arbitraries.integers().between(0, full.length - 1);
        return Combinators.combine(places, Arbitraries.bytes(), places, Arbitraries.bytes())
                .as((place, value, otherPlace, otherValue) -> {
                    byte[] changed = full.clone();
                    changed[place] = value;
                    changed[otherPlace] = otherValue;
                    return changed;
                });
    }

    @Provide
    Arbitrary<String> valueReplaced() {
        Arbitrary<String> parts = Arbitraries.of(
                "35",
                "120",
                "106.25",
                "29.25",
                "\"WGS84\"",
                "\"SENSOR\"",
                "\"gw-17\"",
                "\"flood-0032\"",
                "0.93",
                "\"flood.waterlogging\"",
                "\"2026-07-01T08:29:00Z\"",
                "\"路面积水\"",
                "{\"radiusMeters\": 120}",
                "\"m-4\"",
                "\"3f2b8f64-5f0b-4a52-9c0e-7f4f7b0f6a11\"",
                "\"https://media.example/1.jpg\"",
                "\"deaths\"",
                "\"class\"");
        Arbitrary<String> texts = Arbitraries.strings()
                .all()
                .ofMaxLength(40)
                .map(MessageJson.MAPPER::valueToTree)
                .map(Object::toString);
        Arbitrary<String> values = Arbitraries.oneOf(
                texts,
                Arbitraries.of(
                        "null",
                        "true",
                        "{}",
                        "[]",
                        "[[]]",
                        "-0",
                        "1e999",
                        "-1e-999",
                        "1".repeat(99),
                        "1".repeat(500),
                        "[".repeat(40),
                        "{\"a\":".repeat(40),
                        "\"\\u0000\"",
                        "\"\\ud800\"",
                        "\"\\udc00\\ud800\"",
                        "NaN",
                        "Infinity",
                        "\"+999999999-12-31T23:59:59Z\"",
                        "\"-999999999-01-01T00:00:00Z\"",
                        "{\"type\":\"Polygon\",\"coordinates\":[[[1e308,1],[-1e308,1],[0,0],[1e308,1]]]}",
                        "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[106.2,29.2],[106.2,29.2],[106.2,29.2],[106.2,29.2]]]]}"),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf));
        return Combinators.combine(parts, values).as(Reports::with);
    }
}
