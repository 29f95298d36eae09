package org.citybrain.dispatch.correlate;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.Position;

/**
 * The coarse cells that correlation locks and searches, for one group of types. A cell is at least twice as wide as the group's
 * distance, so whatever lies within that distance of a place lies in at most four cells.
 */
final class CorrelationCells {

    /** A cell is measured in degrees, and a degree of longitude shrinks towards the pole: wide enough up to 60° north. */
    private static final double NORTHERNMOST_LATITUDE = 60;

    private final String group;
    private final double cellWidthDegrees;
    private final double cellHeightDegrees;

    /** @param radiusMeters the largest correlation distance of the group's types */
    CorrelationCells(String group, double radiusMeters) {
        this.group = group;
        this.cellWidthDegrees = 2 * radiusMeters / LocalMeters.perDegreeEast(NORTHERNMOST_LATITUDE);
        this.cellHeightDegrees = 2 * radiusMeters / LocalMeters.perDegreeNorth(0);
    }

    /** The cell that a place lies in. */
    long cellOf(Position position) {
        return key(column(position.longitude()), row(position.latitude()));
    }

    /** Every cell that holds a place within the radius of this one. */
    List<Long> cellsAround(Position position, double radiusMeters) {
        double east = radiusMeters / LocalMeters.perDegreeEast(position.latitude());
        double north = radiusMeters / LocalMeters.perDegreeNorth(position.latitude());
        List<Long> cells = new ArrayList<>(4);
        for (long row = row(position.latitude() - north); row <= row(position.latitude() + north); row++) {
            for (long column = column(position.longitude() - east);
                    column <= column(position.longitude() + east);
                    column++) {
                cells.add(key(column, row));
            }
        }
        return cells;
    }

    private long column(double longitude) {
        return (long) Math.floor(longitude / cellWidthDegrees);
    }

    private long row(double latitude) {
        return (long) Math.floor(latitude / cellHeightDegrees);
    }

    /**
     * Group, column and row as one number, never negative: cells come before incidents in the order of locks. Two cells with the
     * same number share a lock and a search, nothing worse: group, distance and time are compared afterwards.
     */
    private long key(long column, long row) {
        long mixed = group.hashCode() * 0x9E3779B97F4A7C15L + column;
        mixed = (mixed ^ (mixed >>> 32)) * 0xBF58476D1CE4E5B9L + row;
        mixed = (mixed ^ (mixed >>> 29)) * 0x94D049BB133111EBL;
        return (mixed ^ (mixed >>> 32)) & Long.MAX_VALUE;
    }
}
