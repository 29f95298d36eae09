package org.citybrain.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Known points are those that the published formulas give; the shift over the city is stated by the domain page. */
class DatumTest {

    private static final double METERS_PER_DEGREE = 111_320;

    /** The values of the worked example that the open-source implementations of the formulas publish. */
    @Test
    void a_known_point_in_beijing_is_shifted_as_published() {
        Position gcj02 = Gcj02.forward(116.404, 39.915);
        Position bd09 = Bd09.fromGcj02(116.404, 39.915);

        assertThat(gcj02.longitude()).isCloseTo(116.41024449916938, within(1e-9));
        assertThat(gcj02.latitude()).isCloseTo(39.91640428150164, within(1e-9));
        assertThat(bd09.longitude()).isCloseTo(116.41036949371029, within(1e-9));
        assertThat(bd09.latitude()).isCloseTo(39.92133699351021, within(1e-9));
    }

    @Test
    void known_points_in_gcj02_and_bd09_come_back_to_wgs84() {
        Position fromGcj02 = Datum.GCJ02.toWgs84(116.41024449916938, 39.91640428150164);
        Position bd09 = Bd09.fromGcj02(116.41024449916938, 39.91640428150164);
        Position fromBd09 = Datum.BD09.toWgs84(bd09.longitude(), bd09.latitude());

        for (Position back : new Position[] {fromGcj02, fromBd09}) {
            assertThat(back.longitude()).isCloseTo(116.404, within(1e-7));
            assertThat(back.latitude()).isCloseTo(39.915, within(1e-7));
        }
    }

    @Test
    void wgs84_and_cgcs2000_are_taken_as_they_are() {
        assertThat(Datum.WGS84.toWgs84(106.5, 29.5)).isEqualTo(new Position(106.5, 29.5));
        assertThat(Datum.CGCS2000.toWgs84(106.5, 29.5)).isEqualTo(new Position(106.5, 29.5));
    }

    @Test
    void outside_of_china_there_is_no_shift() {
        assertThat(Datum.GCJ02.toWgs84(2.3522, 48.8566)).isEqualTo(new Position(2.3522, 48.8566));
    }

    @Property
    void gcj02_comes_back_to_within_a_centimetre(
            @ForAll @DoubleRange(min = 73, max = 135) double longitude,
            @ForAll @DoubleRange(min = 4, max = 53) double latitude) {
        Position gcj02 = Gcj02.forward(longitude, latitude);

        Position back = Datum.GCJ02.toWgs84(gcj02.longitude(), gcj02.latitude());

        assertThat(meters(longitude, latitude, back)).isLessThan(0.01);
    }

    @Property
    void bd09_comes_back_to_within_a_centimetre(
            @ForAll @DoubleRange(min = 73, max = 135) double longitude,
            @ForAll @DoubleRange(min = 4, max = 53) double latitude) {
        Position gcj02 = Gcj02.forward(longitude, latitude);
        Position bd09 = Bd09.fromGcj02(gcj02.longitude(), gcj02.latitude());

        Position back = Datum.BD09.toWgs84(bd09.longitude(), bd09.latitude());

        assertThat(meters(longitude, latitude, back)).isLessThan(0.01);
    }

    /** The domain page states 407 to 601 m for the city; the box around it reaches a metre further. */
    @Property
    void over_the_city_gcj02_is_shifted_by_407_to_601_metres(
            @ForAll @DoubleRange(min = 105.29, max = 110.19) double longitude,
            @ForAll @DoubleRange(min = 28.17, max = 32.21) double latitude) {
        Position gcj02 = Gcj02.forward(longitude, latitude);

        assertThat(meters(longitude, latitude, gcj02)).isBetween(406.0, 602.0);
    }

    private static double meters(double longitude, double latitude, Position other) {
        double east = (other.longitude() - longitude) * Math.cos(Math.toRadians(latitude));
        double north = other.latitude() - latitude;
        return Math.hypot(east, north) * METERS_PER_DEGREE;
    }
}
