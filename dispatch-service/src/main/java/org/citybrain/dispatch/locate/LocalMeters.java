package org.citybrain.dispatch.locate;

import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;

/** Metres on the WGS-84 ellipsoid around a place: good to a centimetre over the few kilometres that correlation needs. */
public final class LocalMeters {

    private static final double SEMI_MAJOR_AXIS_METERS = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 0.006_694_379_990_141_33;

    private LocalMeters() {}

    /** Along the meridian. */
    public static double perDegreeNorth(double latitude) {
        double w = 1 - ECCENTRICITY_SQUARED * Math.pow(Math.sin(Math.toRadians(latitude)), 2);
        return Math.toRadians(SEMI_MAJOR_AXIS_METERS * (1 - ECCENTRICITY_SQUARED) / (w * Math.sqrt(w)));
    }

    /** Along the parallel. */
    public static double perDegreeEast(double latitude) {
        double sine = Math.sin(Math.toRadians(latitude));
        double radius = SEMI_MAJOR_AXIS_METERS / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
        return Math.toRadians(radius * Math.cos(Math.toRadians(latitude)));
    }

    /** What may lie within a distance of a place, in degrees. */
    public static Envelope around(Position position, double meters) {
        Envelope envelope = new Envelope(new Coordinate(position.longitude(), position.latitude()));
        envelope.expandBy(meters / perDegreeEast(position.latitude()), meters / perDegreeNorth(position.latitude()));
        return envelope;
    }

    public static double distance(Position one, Position other) {
        double latitude = (one.latitude() + other.latitude()) / 2;
        return Math.hypot(
                (one.longitude() - other.longitude()) * perDegreeEast(latitude),
                (one.latitude() - other.latitude()) * perDegreeNorth(latitude));
    }
}
