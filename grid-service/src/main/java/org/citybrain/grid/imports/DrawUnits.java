package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Draws, from the bottom up, each unit whose children have changed as exactly the union of its children, after it has seen that they
 * neither overlap nor miss each other's vertices, and that they are all of what the file says the unit is.
 */
final class DrawUnits {

    /** So many parents at a time are in memory with all their children. */
    private static final int PARENTS_AT_ONCE = 500;

    private final PostgisUnitsBefore store;
    private final ImportProblems problems;

    DrawUnits(PostgisUnitsBefore store, ImportProblems problems) {
        this.store = store;
        this.problems = problems;
    }

    void draw(PlannedMap map) {
        for (Tier tier : List.of(Tier.values()).reversed()) {
            List<PlannedUnit> units = map.listTier(tier).stream()
                    .filter(unit -> unit.given() != null || isDrawnFromChildren(unit))
                    .toList();
            for (int i = 0; i < units.size(); i += PARENTS_AT_ONCE) {
                List<PlannedUnit> some = units.subList(i, Math.min(units.size(), i + PARENTS_AT_ONCE));
                Map<String, ShapeBefore> shapes = store.findShapes(codesBefore(some));
                some.parallelStream().map(unit -> drawn(unit, shapes)).toList().forEach(drawn -> settle(drawn, shapes));
            }
        }
    }

    private static boolean isDrawnFromChildren(PlannedUnit unit) {
        return !unit.children().isEmpty() && (unit.isToBeDrawn() || unit.isNew());
    }

    /** Under which codes the map has the borders that it takes to draw these. */
    private static Set<String> codesBefore(List<PlannedUnit> units) {
        Set<String> codes = new HashSet<>();
        for (PlannedUnit unit : units) {
            if (unit.origin() != null) {
                codes.add(unit.origin().code());
            }
            for (PlannedUnit child : unit.children()) {
                if (child.boundary() == null && child.origin() != null) {
                    codes.add(child.origin().code());
                }
            }
        }
        return codes;
    }

    /**
     * What became of one unit.
     *
     * @param area null where its children are no coverage
     * @param areas of its children
     * @param conflicts where its children are none
     */
    private record Drawn(
            PlannedUnit unit, @Nullable MultiPolygon area, List<Geometry> areas, List<@Nullable Geometry> conflicts) {}

    /** The costly part, on all processors: it looks at no unit but this one and its children, and changes nothing. */
    private static Drawn drawn(PlannedUnit unit, Map<String, ShapeBefore> shapes) {
        List<PlannedUnit> children = unit.children();
        if (children.isEmpty() || unit.isUndrawable()) {
            return new Drawn(unit, unit.isUndrawable() ? null : unit.given(), List.of(), List.of());
        }
        Geometry[] areas = new Geometry[children.size()];
        for (int i = 0; i < areas.length; i++) {
            areas[i] = boundary(children.get(i), shapes);
        }
        Geometry[] conflicts = CoverageValidator.validate(areas);
        return CoverageValidator.hasInvalidResult(conflicts)
                ? new Drawn(unit, null, List.of(areas), Arrays.asList(conflicts))
                : new Drawn(unit, Boundaries.multi(CoverageUnion.union(areas)), List.of(areas), List.of());
    }

    private void settle(Drawn drawn, Map<String, ShapeBefore> shapes) {
        PlannedUnit unit = drawn.unit();
        MultiPolygon area = drawn.area();
        if (area == null) {
            tellConflicts(unit.children(), drawn.areas(), drawn.conflicts());
            unit.cannotBeDrawn();
            return;
        }
        MultiPolygon given = unit.given();
        if (given != null && !unit.children().isEmpty() && !Boundaries.isSame(given, area)) {
            compare(unit, given, area, drawn.areas());
        }
        ShapeBefore was =
                unit.origin() == null ? null : shapes.get(unit.origin().code());
        if (was == null || !Boundaries.isSame(area, was.boundary())) {
            unit.draw(area);
        }
    }

    private static MultiPolygon boundary(PlannedUnit unit, Map<String, ShapeBefore> shapes) {
        MultiPolygon drawn = unit.boundary();
        return drawn != null
                ? drawn
                : Objects.requireNonNull(
                                shapes.get(Objects.requireNonNull(unit.origin()).code()))
                        .boundary();
    }

    /** What is less than a square metre apart is taken as the children have it. */
    private void compare(PlannedUnit unit, MultiPolygon given, MultiPolygon union, List<Geometry> areas) {
        for (Polygon piece : pieces(given, union, OverlayNG.DIFFERENCE)) {
            problems.add(ImportProblem.of(
                            ImportReason.GAP,
                            unit.code(),
                            "land that the file gives to it and to none of the units below it")
                    .inFeature(unit.feature())
                    .at(piece));
        }
        for (Polygon piece : pieces(union, given, OverlayNG.DIFFERENCE)) {
            PlannedUnit child = unit.children().get(indexOfHolder(piece, areas));
            problems.add(ImportProblem.of(
                            ImportReason.OUTSIDE_PARENT,
                            child.code(),
                            "land that the file does not give to its parent " + unit.code())
                    .and(unit.code())
                    .inFeature(child.feature())
                    .at(piece));
        }
    }

    private static int indexOfHolder(Polygon piece, List<Geometry> areas) {
        int holder = 0;
        double most = -1;
        for (int i = 0; i < areas.size(); i++) {
            if (areas.get(i).getEnvelopeInternal().intersects(piece.getEnvelopeInternal())) {
                double held = OverlayNGRobust.overlay(piece, areas.get(i), OverlayNG.INTERSECTION)
                        .getArea();
                if (held > most) {
                    holder = i;
                    most = held;
                }
            }
        }
        return holder;
    }

    /** The largest first. */
    static List<Polygon> pieces(Geometry one, Geometry other, int overlay) {
        return Boundaries.polygons(OverlayNGRobust.overlay(one, other, overlay)).stream()
                .filter(piece -> !SquareMeters.isRounding(piece))
                .sorted(Comparator.comparingDouble(Polygon::getArea).reversed())
                .toList();
    }

    private void tellConflicts(List<PlannedUnit> children, List<Geometry> areas, List<@Nullable Geometry> conflicts) {
        Set<PlannedUnit> told = new HashSet<>();
        for (int i = 0; i < areas.size(); i++) {
            for (int j = i + 1; j < areas.size() && conflicts.get(i) != null && !problems.isFull(); j++) {
                if (conflicts.get(j) != null
                        && areas.get(i)
                                .getEnvelopeInternal()
                                .intersects(areas.get(j).getEnvelopeInternal())
                        && tellOverlap(children.get(i), areas.get(i), children.get(j), areas.get(j))) {
                    told.add(children.get(i));
                    told.add(children.get(j));
                }
            }
        }
        for (int i = 0; i < areas.size(); i++) {
            Geometry conflict = conflicts.get(i);
            if (conflict != null && !told.contains(children.get(i))) {
                PlannedUnit neighbour = tellUnmatched(children, areas, conflict, i);
                if (neighbour != null) {
                    told.add(neighbour);
                }
            }
        }
    }

    /** @return the neighbour, for which it need not be told again */
    private @Nullable PlannedUnit tellUnmatched(
            List<PlannedUnit> children, List<Geometry> areas, Geometry conflict, int index) {
        PlannedUnit neighbour = null;
        for (int j = 0; j < areas.size() && !problems.isFull(); j++) {
            if (j != index
                    && areas.get(j).getEnvelopeInternal().intersects(conflict.getEnvelopeInternal())
                    && areas.get(j).isWithinDistance(conflict, 2 / Boundaries.ROUNDING_PER_DEGREE)) {
                neighbour = children.get(j);
                break;
            }
        }
        problems.add(unmatched(children.get(index), neighbour).at(conflict));
        return neighbour;
    }

    static ImportProblem unmatched(PlannedUnit unit, @Nullable PlannedUnit neighbour) {
        return ImportProblem.of(
                        ImportReason.UNMATCHED_BORDER,
                        unit.code(),
                        "less than a square metre lies between it and its neighbour: expected the same vertices on both sides of"
                                + " their border; repair=true puts in those that lie on the other side's edges")
                .and(neighbour == null ? null : neighbour.code())
                .inFeature(unit.feature());
    }

    /** Of the units as far down as they overlap. */
    private boolean tellOverlap(PlannedUnit one, Geometry area, PlannedUnit other, Geometry otherArea) {
        List<Polygon> pieces = pieces(area, otherArea, OverlayNG.INTERSECTION);
        if (pieces.isEmpty() || tellOverlapBelow(one, area, other, otherArea)) {
            return !pieces.isEmpty();
        }
        problems.add(
                ImportProblem.of(ImportReason.OVERLAP, one.code(), "land of " + one.code() + " and of " + other.code())
                        .and(other.code())
                        .inFeature(one.feature() == null ? other.feature() : one.feature())
                        .at(Boundaries.WGS84.createMultiPolygon(pieces.toArray(Polygon[]::new))));
        return true;
    }

    private boolean tellOverlapBelow(PlannedUnit one, Geometry area, PlannedUnit other, Geometry otherArea) {
        if (one.children().isEmpty() && other.children().isEmpty()) {
            return false;
        }
        boolean told = false;
        for (Located below : below(one, area, otherArea)) {
            for (Located otherBelow : below(other, otherArea, area)) {
                if (!problems.isFull()
                        && below.area()
                                .getEnvelopeInternal()
                                .intersects(otherBelow.area().getEnvelopeInternal())) {
                    told |= tellOverlap(below.unit(), below.area(), otherBelow.unit(), otherBelow.area());
                }
            }
        }
        return told;
    }

    private record Located(PlannedUnit unit, Geometry area) {}

    private List<Located> below(PlannedUnit unit, Geometry area, Geometry near) {
        if (unit.children().isEmpty()) {
            return List.of(new Located(unit, area));
        }
        Map<String, ShapeBefore> shapes = store.findShapes(codesBefore(List.of(unit)));
        List<Located> below = new ArrayList<>();
        for (PlannedUnit child : unit.children()) {
            Geometry itsArea = boundary(child, shapes);
            if (itsArea.getEnvelopeInternal().intersects(near.getEnvelopeInternal())) {
                below.add(new Located(child, itsArea));
            }
        }
        return below;
    }

    static Coordinate inside(Geometry area) {
        return area.getInteriorPoint().getCoordinate();
    }
}
