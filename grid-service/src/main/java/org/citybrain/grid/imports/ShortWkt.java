package org.citybrain.grid.imports;

import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.WKTWriter;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/** A place as WKT with seven decimals; one of many vertices is simplified as far as it takes, for it is to be looked at, not kept. */
final class ShortWkt {

    private static final int MOST_POSITIONS = 300;
    private static final int TOO_MANY_TO_SIMPLIFY = 20_000;
    private static final double[] TOLERANCES_DEGREES = {1e-5, 1e-4, 1e-3, 1e-2};

    private ShortWkt() {}

    static String of(Geometry place) {
        WKTWriter writer = new WKTWriter();
        writer.setPrecisionModel(new PrecisionModel(1e7));
        return writer.write(shortened(place));
    }

    private static Geometry shortened(Geometry place) {
        if (place.getNumPoints() <= MOST_POSITIONS) {
            return place;
        }
        if (place.getNumPoints() <= TOO_MANY_TO_SIMPLIFY) {
            for (double tolerance : TOLERANCES_DEGREES) {
                Geometry simplified = TopologyPreservingSimplifier.simplify(place, tolerance);
                if (simplified.getNumPoints() <= MOST_POSITIONS) {
                    return simplified;
                }
            }
        }
        return place.getEnvelope();
    }
}
