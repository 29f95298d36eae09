package org.citybrain.dispatch.locate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citybrain.messages.Position;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * One version of the governance map, in memory and never changed: answers without a network call which grid a place belongs to and
 * what a footprint covers.
 */
public final class GovernanceMap {

    private static final double SQUARE_METERS_PER_SQUARE_KILOMETER = 1e6;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final long version;
    private final List<Grid> grids;
    private final List<Geometry> projected;
    private final PointOnGeometryLocator[] locators;
    private final CandidateRaster raster;
    private final STRtree gridTree;
    private final STRtree keyPlaceTree;
    private final Map<String, String> names;
    private final Map<String, List<Shift>> roster;

    /** @param names of all units, by code */
    public GovernanceMap(
            long version, List<Grid> grids, List<KeyPlace> keyPlaces, Map<String, String> names, List<Shift> roster) {
        this.version = version;
        this.projected = new ArrayList<>();
        this.gridTree = new STRtree();
        this.keyPlaceTree = new STRtree();
        this.grids = grids.stream().sorted(Comparator.comparing(Grid::code)).toList();
        this.names = Map.copyOf(names);
        this.roster = roster.stream().collect(Collectors.groupingBy(Shift::unitCode));
        this.raster = new CandidateRaster(this.grids);
        this.locators = new PointOnGeometryLocator[this.grids.size()];
        for (int i = 0; i < this.grids.size(); i++) {
            Geometry boundary = this.grids.get(i).boundary();
            locators[i] = new IndexedPointInAreaLocator(boundary);
            projected.add(EqualAreaPlane.project(boundary));
            gridTree.insert(boundary.getEnvelopeInternal(), i);
        }
        for (KeyPlace place : keyPlaces) {
            keyPlaceTree.insert(new Envelope(coordinate(place.position())), place);
        }
        gridTree.build();
        keyPlaceTree.build();
    }

    private GovernanceMap(GovernanceMap map, List<Shift> roster) {
        this.version = map.version;
        this.grids = map.grids;
        this.projected = map.projected;
        this.locators = map.locators;
        this.raster = map.raster;
        this.gridTree = map.gridTree;
        this.keyPlaceTree = map.keyPlaceTree;
        this.names = map.names;
        this.roster = roster.stream().collect(Collectors.groupingBy(Shift::unitCode));
    }

    /** The same map with other rosters. */
    GovernanceMap withRosters(List<Shift> roster) {
        return new GovernanceMap(this, roster);
    }

    public long version() {
        return version;
    }

    public boolean isEmpty() {
        return grids.isEmpty();
    }

    /** The unit's name, or its code where the map has none. */
    public String name(String unitCode) {
        return names.getOrDefault(unitCode, unitCode);
    }

    /** The daily spans of duty of the unit's own staff. */
    public List<Shift> shifts(String unitCode) {
        return roster.getOrDefault(unitCode, List.of());
    }

    /** The grid that a place belongs to; on a shared edge the one with the lowest code. */
    public Optional<Grid> findGrid(Position position) {
        int cell = raster.cellOf(position.longitude(), position.latitude());
        if (cell < 0) {
            return Optional.empty();
        }
        Coordinate coordinate = coordinate(position);
        for (int i = raster.firstCandidate(cell); i < raster.lastCandidate(cell); i++) {
            int candidate = raster.candidate(i);
            if (candidate < 0) {
                return Optional.of(grids.get(~candidate));
            }
            if (locators[candidate].locate(coordinate) != Location.EXTERIOR) {
                return Optional.of(grids.get(candidate));
            }
        }
        return Optional.empty();
    }

    /**
     * What a footprint covers.
     *
     * @param footprint polygons, WGS-84
     */
    public FootprintMeasure measure(Geometry footprint) {
        Geometry plane = EqualAreaPlane.project(footprint);
        double areaSquareMeters = plane.getArea();
        List<FootprintMeasure.TouchedGrid> touched = new ArrayList<>();
        double people = 0;
        for (int i : this.<Integer>query(gridTree, footprint.getEnvelopeInternal())) {
            Geometry gridPlane = projected.get(i);
            double covered = OverlayNGRobust.overlay(plane, gridPlane, OverlayNG.INTERSECTION)
                    .getArea();
            if (covered > 0) {
                Grid grid = grids.get(i);
                double shareOfGrid = Math.min(1, covered / gridPlane.getArea());
                touched.add(new FootprintMeasure.TouchedGrid(
                        grid.code(), Math.min(1, covered / areaSquareMeters), shareOfGrid));
                people += grid.population() * shareOfGrid;
            }
        }
        touched.sort(Comparator.comparing(FootprintMeasure.TouchedGrid::code));
        return new FootprintMeasure(
                areaSquareMeters / SQUARE_METERS_PER_SQUARE_KILOMETER,
                Math.round(people),
                touched,
                keyPlacesWithin(footprint));
    }

    /** The key places within a distance, by their identifier, at most so many. */
    public List<KeyPlace> keyPlacesNear(Position position, double meters, int most) {
        Geometry circle = Footprints.circle(position, meters);
        return keyPlacesWithin(circle).stream().limit(most).toList();
    }

    private List<KeyPlace> keyPlacesWithin(Geometry area) {
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(area);
        return this.<KeyPlace>query(keyPlaceTree, area.getEnvelopeInternal()).stream()
                .filter(p -> prepared.covers(GEOMETRIES.createPoint(coordinate(p.position()))))
                .sorted(Comparator.comparing(KeyPlace::id))
                .toList();
    }

    @SuppressWarnings("unchecked") // an STRtree returns what was put in
    private <T> List<T> query(STRtree tree, Envelope envelope) {
        return tree.isEmpty() ? List.of() : tree.query(envelope);
    }

    private static Coordinate coordinate(Position position) {
        return new Coordinate(position.longitude(), position.latitude());
    }
}
