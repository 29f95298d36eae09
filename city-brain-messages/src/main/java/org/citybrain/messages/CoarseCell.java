package org.citybrain.messages;

/**
 * A square of a twentieth of a degree, about 5 km: the key of {@link Topics#REPORT_RECEIVED}. It only spreads and orders the
 * work; what is one incident is decided under locks in the database.
 */
public final class CoarseCell {

    private static final double PER_DEGREE = 20;

    private CoarseCell() {}

    public static String of(Position position) {
        return (long) Math.floor(position.longitude() * PER_DEGREE)
                + ":"
                + (long) Math.floor(position.latitude() * PER_DEGREE);
    }
}
