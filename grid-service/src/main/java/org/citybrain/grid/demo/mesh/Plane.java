package org.citybrain.grid.demo.mesh;

import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;

/**
 * A flat picture of the city in metres, true enough to invent cells in, and the way back to degrees (WGS-84).
 *
 * <p>Degrees are rounded to 1e-7 (about a centimetre) before any border is built, so both sides of a border read the same
 * numbers.
 */
public final class Plane {

    private static final double ROUNDING_PER_DEGREE = 1e7;
    private static final double METERS_PER_DEGREE_OF_LATITUDE = 110_860;
    private static final double METERS_PER_DEGREE_AT_THE_EQUATOR = 111_320;

    private final Position origin;
    private final double metersPerDegreeOfLongitude;

    public Plane(Position origin) {
        this.origin = origin;
        this.metersPerDegreeOfLongitude =
                METERS_PER_DEGREE_AT_THE_EQUATOR * StrictMath.cos(StrictMath.toRadians(origin.latitude()));
    }

    public Point toMeters(Position position) {
        return toMeters(position.longitude(), position.latitude());
    }

    public Position toDegrees(Point point) {
        Coordinate rounded = toRoundedDegrees(point);
        return new Position(rounded.x, rounded.y);
    }

    Point toMeters(Coordinate degrees) {
        return toMeters(degrees.x, degrees.y);
    }

    public Coordinate toRoundedDegrees(Point point) {
        return new Coordinate(
                rounded(origin.longitude() + point.x() / metersPerDegreeOfLongitude),
                rounded(origin.latitude() + point.y() / METERS_PER_DEGREE_OF_LATITUDE));
    }

    private Point toMeters(double longitude, double latitude) {
        return new Point(
                (longitude - origin.longitude()) * metersPerDegreeOfLongitude,
                (latitude - origin.latitude()) * METERS_PER_DEGREE_OF_LATITUDE);
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * ROUNDING_PER_DEGREE) / ROUNDING_PER_DEGREE;
    }
}
