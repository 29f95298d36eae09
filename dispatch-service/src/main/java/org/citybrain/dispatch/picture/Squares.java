package org.citybrain.dispatch.picture;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Envelope;

/** Squares of a two-hundredth of a degree, about half a kilometre, by which open incidents are found: {@code dispatch.square_of}. */
final class Squares {

    private static final int IN_A_DEGREE = 200;
    private static final int IN_A_ROW = 80_000;

    private Squares() {}

    /** Every square that holds a place within this distance of one of these. */
    static SortedSet<Integer> around(Collection<Position> places, double meters) {
        SortedSet<Integer> squares = new TreeSet<>();
        for (Position place : places) {
            Envelope around = LocalMeters.around(place, meters);
            for (int row = index(around.getMinY()); row <= index(around.getMaxY()); row++) {
                for (int column = index(around.getMinX()); column <= index(around.getMaxX()); column++) {
                    squares.add(row * IN_A_ROW + column);
                }
            }
        }
        return squares;
    }

    private static int index(double degrees) {
        return (int) Math.floor(degrees * IN_A_DEGREE);
    }
}
