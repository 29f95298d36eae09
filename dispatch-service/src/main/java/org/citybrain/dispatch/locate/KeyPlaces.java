package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;

/** The key places of the city, by where they are. */
final class KeyPlaces {

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final STRtree tree = new STRtree();
    private final Instant until;

    /** @param until when the next one begins or ends: to be read anew from then on */
    KeyPlaces(List<KeyPlace> all, Instant until) {
        for (KeyPlace place : all) {
            tree.insert(new Envelope(coordinate(place.position())), place);
        }
        tree.build();
        this.until = until;
    }

    boolean holdAt(Instant moment) {
        return moment.isBefore(until);
    }

    /** By their identifiers. */
    List<KeyPlace> listWithin(Geometry area) {
        PreparedGeometry prepared = PreparedGeometryFactory.prepare(area);
        return near(area.getEnvelopeInternal()).stream()
                .filter(p -> prepared.covers(GEOMETRIES.createPoint(coordinate(p.position()))))
                .sorted(Comparator.comparing(KeyPlace::id))
                .toList();
    }

    @SuppressWarnings("unchecked") // an STRtree returns what was put in
    private List<KeyPlace> near(Envelope envelope) {
        return tree.isEmpty() ? List.of() : tree.query(envelope);
    }

    private static Coordinate coordinate(Position position) {
        return new Coordinate(position.longitude(), position.latitude());
    }
}
