package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/** Which department answers where. Areas overlap as they like: all of them count. */
final class ResponsibilityAreas {

    private final STRtree tree = new STRtree();

    ResponsibilityAreas(List<ResponsibilityArea> all) {
        for (ResponsibilityArea area : all) {
            tree.insert(area.area().getGeometry().getEnvelopeInternal(), area);
        }
        tree.build();
    }

    int size() {
        return tree.size();
    }

    /**
     * The departments that answer for a type at one of these places, or in more than a sliver of one of these footprints; in the order
     * of their codes, each once.
     *
     * @param tiers of the units that they serve
     */
    List<ResponsibleDepartment> find(
            String type,
            Set<Tier> tiers,
            Collection<Position> places,
            Collection<Geometry> footprints,
            double sliverShare,
            Instant moment) {
        SortedMap<String, ResponsibleDepartment> found = new TreeMap<>();
        if (tiers.isEmpty() || tree.isEmpty()) {
            return List.of();
        }
        List<Coordinate> points = places.stream()
                .map(place -> new Coordinate(place.longitude(), place.latitude()))
                .distinct()
                .toList();
        Envelope all = new Envelope();
        points.forEach(all::expandToInclude);
        footprints.forEach(footprint -> all.expandToInclude(footprint.getEnvelopeInternal()));
        // What is cheap to ask comes first: borders of districts have thousands of corners.
        within(all)
                .filter(area -> tiers.contains(area.responsible().tier()) && area.answersFor(type, moment))
                .filter(area ->
                        !found.containsKey(area.responsible().department().code()))
                .filter(area -> points.stream().anyMatch(point -> covers(area, point))
                        || footprints.stream().anyMatch(footprint -> isTouched(area, footprint, sliverShare)))
                .forEach(area ->
                        found.putIfAbsent(area.responsible().department().code(), area.responsible()));
        return List.copyOf(found.values());
    }

    private static boolean covers(ResponsibilityArea area, Coordinate point) {
        return area.area().covers(Footprints.GEOMETRIES.createPoint(point));
    }

    /** By square degrees: of one footprint they give the same share as square metres do, to a hair's breadth. */
    private static boolean isTouched(ResponsibilityArea area, Geometry footprint, double sliverShare) {
        if (!area.area().intersects(footprint)) {
            return false;
        }
        return area.area().covers(footprint)
                || OverlayNGRobust.overlay(footprint, area.area().getGeometry(), OverlayNG.INTERSECTION)
                                .getArea()
                        >= sliverShare * footprint.getArea();
    }

    @SuppressWarnings("unchecked") // an STRtree returns what was put in
    private Stream<ResponsibilityArea> within(Envelope envelope) {
        return tree.query(envelope).stream();
    }
}
