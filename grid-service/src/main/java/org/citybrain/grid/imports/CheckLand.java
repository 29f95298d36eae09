package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.overlayng.OverlayNG;

/**
 * Sees to it that nobody's land is left. What any two units leave between them, or a forgotten one leaves behind, is land that the city
 * has lost, or a hole in it; so it is enough to look at the city, once it is drawn. It shrinks only when the file says how it lies.
 */
final class CheckLand {

    private static final double NEARLY_ALL = 0.99;

    private final PostgisUnitsBefore store;
    private final ImportProblems problems;

    CheckLand(PostgisUnitsBefore store, ImportProblems problems) {
        this.store = store;
        this.problems = problems;
    }

    void check(PlannedMap map) {
        for (PlannedUnit city : map.listTier(Tier.CITY)) {
            MultiPolygon drawn = city.boundary();
            if (drawn != null && !city.isUndrawable()) {
                check(map, city, drawn);
            }
        }
    }

    private void check(PlannedMap map, PlannedUnit city, MultiPolygon drawn) {
        UnitBefore origin = city.origin();
        MultiPolygon was = null;
        if (origin != null) {
            ShapeBefore shape = store.findShapes(List.of(origin.code())).get(origin.code());
            was = shape == null ? null : shape.boundary();
        }
        MultiPolygon given = city.given();
        if (was != null && given == null) {
            for (Polygon lost : DrawUnits.pieces(was, drawn, OverlayNG.DIFFERENCE)) {
                tellLost(lost);
            }
        }
        for (Polygon part : Boundaries.polygons(drawn)) {
            for (int i = 0; i < part.getNumInteriorRing(); i++) {
                Polygon hole = Boundaries.WGS84.createPolygon(part.getInteriorRingN(i));
                checkHole(map, hole, given == null ? was : given, given == null);
            }
        }
    }

    /** Names the largest units that lay there: a town rather than each of its grids. */
    private void tellLost(Polygon lost) {
        List<String> below = List.of("");
        for (Tier tier : List.of(Tier.DISTRICT, Tier.STREET, Tier.COMMUNITY, Tier.GRID)) {
            List<String> partly = new ArrayList<>();
            List<String> within = below;
            for (PostgisUnitsBefore.Holder holder : store.listHolders(lost, tier)) {
                if (within.stream().noneMatch(holder.code()::startsWith) || SquareMeters.isRounding(holder.held())) {
                    continue;
                }
                if (holder.share() >= NEARLY_ALL || tier == Tier.GRID) {
                    problems.add(ImportProblem.of(
                                    ImportReason.GAP,
                                    holder.code(),
                                    (holder.share() >= NEARLY_ALL ? "all" : "part")
                                            + " of its land would be nobody's: expected it in a unit of the file, or the city's own"
                                            + " geometry, if the city shrinks")
                            .at(holder.held()));
                } else {
                    partly.add(holder.code());
                }
            }
            below = partly;
            if (below.isEmpty()) {
                return;
            }
        }
    }

    /** @param reference how the city lay or is said to lie: where that has a hole, there may be one */
    private void checkHole(PlannedMap map, Polygon hole, @Nullable MultiPolygon reference, boolean lostIsTold) {
        boolean rounding = SquareMeters.isRounding(hole);
        if (reference != null) {
            Coordinate inside = DrawUnits.inside(hole);
            boolean wasLand = covers(reference, inside);
            boolean wasHole = !wasLand && covers(filled(reference), inside);
            if (wasHole || (wasLand && !rounding && lostIsTold)) {
                return;
            }
        }
        List<PlannedUnit> beside = listBeside(map, hole);
        PlannedUnit one = beside.isEmpty() ? null : beside.getFirst();
        PlannedUnit other = beside.size() < 2 ? null : beside.get(1);
        if (rounding && one != null) {
            problems.add(DrawUnits.unmatched(one, other).at(hole));
        } else {
            problems.add(ImportProblem.of(
                            ImportReason.GAP,
                            one == null ? null : one.code(),
                            "beside it lies land that is nobody's, with the city all around it")
                    .and(other == null ? null : other.code())
                    .inFeature(one == null ? null : one.feature())
                    .at(hole));
        }
    }

    /** Grids; those that the file draws before those that stay as they were. */
    private List<PlannedUnit> listBeside(PlannedMap map, Polygon hole) {
        List<String> wereBeside = store.listTouching(hole);
        List<PlannedUnit> drawn = new ArrayList<>();
        List<PlannedUnit> kept = new ArrayList<>();
        for (PlannedUnit unit : map.listTier(Tier.GRID)) {
            MultiPolygon boundary = unit.boundary();
            if (boundary == null
                    && unit.origin() != null
                    && wereBeside.contains(unit.origin().code())) {
                kept.add(unit);
            } else if (boundary != null
                    && boundary.getEnvelopeInternal().intersects(hole.getEnvelopeInternal())
                    && boundary.intersects(hole)) {
                drawn.add(unit);
            }
        }
        drawn.addAll(kept);
        return drawn;
    }

    private static boolean covers(Geometry area, Coordinate place) {
        return SimplePointInAreaLocator.locate(place, area) != Location.EXTERIOR;
    }

    private static Geometry filled(MultiPolygon area) {
        return Boundaries.WGS84.createMultiPolygon(Boundaries.polygons(area).stream()
                .map(part -> Boundaries.WGS84.createPolygon(part.getExteriorRing()))
                .toArray(Polygon[]::new));
    }
}
