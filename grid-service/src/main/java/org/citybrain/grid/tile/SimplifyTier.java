package org.citybrain.grid.tile;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.geom.Geometry;

/**
 * Takes corners out of the borders of units that lie side by side, all at once, so that a border keeps one course for the units on
 * both sides of it: no gaps, no overlaps, no matter how far one zooms out.
 */
final class SimplifyTier {

    /** Grows with every change of what comes out: what an older one has made is made again. */
    static final int RENDITION = 1;

    /** Of the pixels of a tile that is shown 256 wide: what is smaller is not seen. */
    private static final double PIXELS = 0.5;

    /** The width of the world in web Mercator, in its own metres, and in pixels at zoom 0. */
    private static final double WORLD_METERS = 40_075_016.68557849;

    private static final double PIXELS_AT_ZOOM_0 = 256;

    private SimplifyTier() {}

    /** A whole tier, its outer border too. Borders in web Mercator. */
    static List<DrawnUnit> simplify(List<DrawnUnit> units, int toZoom) {
        return replace(units, CoverageSimplifier.simplify(borders(units), toleranceMeters(toZoom)));
    }

    /** A part of a tier: the border towards other parts stays as it is, for they are simplified without knowing of this one. */
    static List<DrawnUnit> simplifyPart(List<DrawnUnit> units, int toZoom) {
        return replace(units, CoverageSimplifier.simplifyInner(borders(units), toleranceMeters(toZoom)));
    }

    /** The square root of the area that one corner may take with it. */
    static double toleranceMeters(int zoom) {
        return PIXELS * WORLD_METERS / PIXELS_AT_ZOOM_0 / (1 << zoom);
    }

    private static Geometry[] borders(List<DrawnUnit> units) {
        return units.stream().map(DrawnUnit::boundary).toArray(Geometry[]::new);
    }

    private static List<DrawnUnit> replace(List<DrawnUnit> units, Geometry[] simplified) {
        List<DrawnUnit> replaced = new ArrayList<>(units.size());
        for (int i = 0; i < simplified.length; i++) {
            DrawnUnit unit = units.get(i);
            replaced.add(simplified[i].isEmpty() ? unit : unit.with(simplified[i]));
        }
        return replaced;
    }
}
