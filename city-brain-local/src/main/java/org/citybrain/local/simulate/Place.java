package org.citybrain.local.simulate;

/**
 * A place where something may happen: the representative point of a grid.
 *
 * @param longitude WGS-84, degrees
 * @param latitude WGS-84, degrees
 */
public record Place(String gridCode, double longitude, double latitude) {

    private static final double METERS_PER_DEGREE = 111_320;

    /** The place so many metres further east and north; good for a few hundred metres. */
    Place shifted(double eastMeters, double northMeters) {
        return new Place(
                gridCode,
                longitude + eastMeters / (METERS_PER_DEGREE * Math.cos(Math.toRadians(latitude))),
                latitude + northMeters / METERS_PER_DEGREE);
    }
}
