package org.citybrain.grid.ogc;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/** Degrees in WGS-84, the west never east of the east. */
record Box(double west, double south, double east, double north) {

    /**
     * Four numbers, or six with the heights, which are left alone: everything lies on the ground. A box across the 180th meridian
     * has its west east of its east, and becomes two.
     *
     * @throws RequestProblem {@code BAD_BBOX}
     */
    static List<Box> read(String bbox) {
        String[] parts = bbox.split(",", 8);
        if (parts.length != 4 && parts.length != 6) {
            throw bad(bbox);
        }
        List<Double> numbers = new ArrayList<>();
        for (String part : parts) {
            numbers.add(number(part, bbox));
        }
        int second = parts.length / 2;
        double west = numbers.get(0);
        double south = numbers.get(1);
        double east = numbers.get(second);
        double north = numbers.get(second + 1);
        if (Math.abs(west) > 180
                || Math.abs(east) > 180
                || Math.abs(south) > 90
                || Math.abs(north) > 90
                || south > north) {
            throw bad(bbox);
        }
        if (parts.length == 6 && numbers.get(2) > numbers.get(5)) {
            throw bad(bbox);
        }
        return west <= east
                ? List.of(new Box(west, south, east, north))
                : List.of(new Box(west, south, 180, north), new Box(-180, south, east, north));
    }

    boolean covers(Box other) {
        return west <= other.west && south <= other.south && east >= other.east && north >= other.north;
    }

    private static double number(String text, String bbox) {
        if (!text.strip().matches("[+-]?([0-9]{1,12}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})?")) {
            throw bad(bbox);
        }
        return Double.parseDouble(text.strip());
    }

    private static RequestProblem bad(String bbox) {
        return new RequestProblem(
                ProblemReason.BAD_BBOX,
                "bbox",
                bbox,
                "west,south,east,north in degrees of WGS-84 (or west,south,lowest,east,north,highest), longitudes from -180 to"
                        + " 180, latitudes from -90 to 90, the south not north of the north");
    }
}
