package org.citybrain.intake.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citybrain.intake.admit.Verdict.Admitted;
import org.citybrain.intake.admit.Verdict.Refused;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FootprintPolygonTest {

    private static final String TRIANGLE = "[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]";

    private final AdmissionGate gate = new Gates().gate();

    @Test
    void a_polygon_is_taken() {
        Report.Footprint converted = converted("{\"type\": \"Polygon\", \"coordinates\": [" + TRIANGLE + "]}", "WGS84");

        assertThat(converted.coordinates().toString())
                .isEqualTo("[[[106.2,29.2],[106.3,29.2],[106.25,29.3],[106.2,29.2]]]");
    }

    @Test
    void a_polygon_with_a_hole_and_heights_is_taken_whatever_the_order_of_its_fields() {
        converted("""
                {"coordinates": [[[106.2, 29.2, 250], [106.3, 29.2, 250], [106.25, 29.3, 250], [106.2, 29.2, 250]],
                                 [[106.24, 29.22], [106.26, 29.22], [106.25, 29.24], [106.24, 29.22]]],
                 "type": "Polygon"}""", "WGS84");
    }

    @Test
    void a_multipolygon_is_converted_to_wgs84_point_by_point() {
        Report.Footprint converted =
                converted("{\"type\": \"MultiPolygon\", \"coordinates\": [[" + TRIANGLE + "]]}", "GCJ02");

        double longitude = converted.coordinates().get(0).get(0).get(0).get(0).doubleValue();
        assertThat(longitude).isBetween(106.194, 106.1975);
    }

    @Test
    void a_radius_needs_no_conversion() {
        Admitted admitted = (Admitted) Gates.judge(gate, Reports.full());

        assertThat(admitted.received().footprint()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": \"Polygon\"}",
                "{\"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]]}",
                "{\"type\": \"Polygon\", \"coordinates\": []}",
                "{\"type\": \"Polygon\", \"coordinates\": [[]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [[106.2, 29.2]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2], [106.3], [106.25], [106.2]]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]]]}",
                "{\"type\": \"MultiPolygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]]}",
                // unclosed
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.21]]]}",
                // too few
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.2, 29.2]]]}",
                // crossing itself
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.3], [106.3, 29.2], [106.2, 29.3], [106.2, 29.2]]]}",
                // no area
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.2, 29.2], [106.2, 29.2]]]}",
                // off the globe
                "{\"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.25, 129.3], [106.2, 29.2]]]}",
                // on the other side of the earth
                "{\"type\": \"Polygon\", \"coordinates\": [[[6.2, 29.2], [6.3, 29.2], [6.25, 29.3], [6.2, 29.2]]]}",
                // a radius and a geometry
                "{\"radiusMeters\": 5, \"type\": \"Polygon\", \"coordinates\": [[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]]}",
                // overlapping parts
                "{\"type\": \"MultiPolygon\", \"coordinates\": [[[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]], [[[106.2, 29.2], [106.3, 29.2], [106.25, 29.3], [106.2, 29.2]]]]}",
            })
    void what_is_no_polygon_is_refused(String footprint) {
        Refused refused = (Refused) Gates.judge(gate, Reports.withFootprint(footprint));

        assertThat(refused.rejection().reason())
                .as(refused.rejection().detail())
                .isIn(RejectionReason.IMPOSSIBLE_VALUE, RejectionReason.MISSING_VALUE);
        assertThat(refused.rejection().pointer()).startsWith("/footprint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"Polygon\", \"coordinates\": {\"a\": 1}}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[\"106.2\", 29.2]]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [[[[[[1]]]]]]}",
                "{\"type\": \"Polygon\", \"coordinates\": [null]}",
            })
    void coordinates_of_the_wrong_type_are_malformed(String footprint) {
        Refused refused = (Refused) Gates.judge(gate, Reports.withFootprint(footprint));

        assertThat(refused.rejection().reason()).isEqualTo(RejectionReason.MALFORMED);
        assertThat(refused.rejection().pointer()).startsWith("/footprint/coordinates");
    }

    @Test
    void a_circle_of_ten_thousand_positions_is_taken_and_one_more_is_not() {
        assertThat(Gates.judge(gate, Reports.withFootprint(circle(10_000)))).isInstanceOf(Admitted.class);
        Refused refused = (Refused) Gates.judge(gate, Reports.withFootprint(circle(10_001)));
        assertThat(refused.rejection().reason()).isEqualTo(RejectionReason.IMPOSSIBLE_VALUE);
    }

    private static String circle(int positions) {
        int distinct = positions - 1;
        String ring = IntStream.rangeClosed(0, distinct)
                .mapToObj(i -> {
                    double angle = 2 * Math.PI * (i % distinct) / distinct;
                    return "[" + (106.25 + 0.1 * Math.cos(angle)) + "," + (29.25 + 0.1 * Math.sin(angle)) + "]";
                })
                .collect(Collectors.joining(","));
        return "{\"type\": \"Polygon\", \"coordinates\": [[" + ring + "]]}";
    }

    private Report.Footprint converted(String footprint, String datum) {
        Verdict verdict = Gates.judge(gate, Reports.withFootprint(footprint).replace("WGS84", datum));
        assertThat(verdict).isInstanceOf(Admitted.class);
        return ((Admitted) verdict).received().footprint();
    }
}
