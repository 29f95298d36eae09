package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * One version of the governance map, in memory and never changed: answers without a network call which grid a place belongs to and
 * what a footprint covers.
 */
public final class GovernanceMap {

    private static final double SQUARE_METERS_PER_SQUARE_KILOMETER = 1e6;

    private final MapVersion version;
    private final Grids grids;
    private final KeyPlaces keyPlaces;
    private final UnitNames names;
    private final Roster roster;

    GovernanceMap(MapVersion version, Grids grids, KeyPlaces keyPlaces, UnitNames names, Roster roster) {
        this.version = version;
        this.grids = grids;
        this.keyPlaces = keyPlaces;
        this.names = names;
        this.roster = roster;
    }

    /** The same map with other rosters. */
    GovernanceMap with(Roster others) {
        return new GovernanceMap(version, grids, keyPlaces, names, others);
    }

    /** The same map with other key places. */
    GovernanceMap with(KeyPlaces others) {
        return new GovernanceMap(version, grids, others, names, roster);
    }

    /** The map version's id; 0 for no map at all. */
    public long version() {
        return version.id();
    }

    /** From when it holds. */
    Instant effectiveFrom() {
        return version.effectiveFrom();
    }

    KeyPlaces keyPlaces() {
        return keyPlaces;
    }

    public boolean isEmpty() {
        return grids.index().size() == 0;
    }

    /** What it keeps in memory, without the key places. */
    long bytes() {
        return grids.bytes() + names.bytes() + roster.bytes();
    }

    /** The unit's name, or its code where the map has none. */
    public String name(String unitCode) {
        return names.find(unitCode).orElse(unitCode);
    }

    /** The daily spans of duty of the unit's own staff. */
    public List<Shift> shifts(String unitCode) {
        return roster.list(unitCode);
    }

    /** The code of the grid that a place belongs to; on a shared edge the lowest one. */
    public Optional<String> findGrid(Position position) {
        int grid = grids.index().find(position.longitude(), position.latitude());
        return grid < 0 ? Optional.empty() : Optional.of(grids.code(grid));
    }

    /**
     * What a footprint covers.
     *
     * @param footprint polygons, WGS-84
     */
    public FootprintMeasure measure(Geometry footprint) {
        Geometry plane = EqualAreaPlane.project(footprint);
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(plane);
        double areaSquareMeters = plane.getArea();
        List<FootprintMeasure.TouchedGrid> touched = new ArrayList<>();
        double people = 0;
        for (int i : grids.index().list(footprint.getEnvelopeInternal())) {
            Geometry grid = EqualAreaPlane.project(grids.index().boundary(i));
            double gridArea = grid.getArea();
            double covered = covered(plane, prepared, grid, gridArea);
            if (covered > 0) {
                double shareOfGrid = Math.min(1, covered / gridArea);
                double peopleHere = grids.population(i) * shareOfGrid;
                touched.add(new FootprintMeasure.TouchedGrid(
                        grids.code(i), Math.min(1, covered / areaSquareMeters), shareOfGrid, peopleHere));
                people += peopleHere;
            }
        }
        return new FootprintMeasure(
                areaSquareMeters / SQUARE_METERS_PER_SQUARE_KILOMETER,
                Math.round(people),
                touched,
                keyPlaces.listWithin(footprint));
    }

    /** The area that both cover. Most grids of a large footprint lie wholly inside it, and need no overlay. */
    private static double covered(Geometry footprint, PreparedGeometry prepared, Geometry grid, double gridArea) {
        if (prepared.disjoint(grid)) {
            return 0;
        }
        return prepared.containsProperly(grid)
                ? gridArea
                : OverlayNGRobust.overlay(footprint, grid, OverlayNG.INTERSECTION)
                        .getArea();
    }

    /** The key places within a distance, by their identifier, at most so many. */
    public List<KeyPlace> keyPlacesNear(Position position, double meters, int most) {
        Geometry circle = Footprints.circle(position, meters);
        return keyPlaces.listWithin(circle).stream().limit(most).toList();
    }
}
