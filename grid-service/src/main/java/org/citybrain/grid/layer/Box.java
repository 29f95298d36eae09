package org.citybrain.grid.layer;

import java.util.Arrays;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/** A box in WGS-84, degrees. */
record Box(double west, double south, double east, double north) {

    /** @throws RequestProblem {@code BAD_BOX} */
    static Box parse(String text) {
        if (text.matches("[+-]?[0-9]{1,3}([.][0-9]{1,30})?(,[+-]?[0-9]{1,3}([.][0-9]{1,30})?){3}")) {
            double[] degrees = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            Box box = new Box(degrees[0], degrees[1], degrees[2], degrees[3]);
            if (box.isOnTheGlobe()) {
                return box;
            }
        }
        throw new RequestProblem(
                ProblemReason.BAD_BOX,
                "bbox",
                text,
                "west,south,east,north in degrees (WGS-84), such as 106.4,29.5,106.6,29.6");
    }

    private boolean isOnTheGlobe() {
        return west >= -180 && west <= east && east <= 180 && south >= -90 && south <= north && north <= 90;
    }
}
