package org.citybrain.dispatch.locate;

import java.util.Arrays;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.impl.PackedCoordinateSequenceFactory;

/** The rings of one boundary, in degrees: each shell is followed by its holes. Used again and again for one unit after the other. */
final class Rings {

    private static final PackedCoordinateSequenceFactory SEQUENCES = PackedCoordinateSequenceFactory.DOUBLE_FACTORY;
    private static final GeometryFactory GEOMETRIES = new GeometryFactory(SEQUENCES);

    /** Of all rings, one after the other; the last vertex of each is its first again. */
    double[] longitudes = new double[64];

    double[] latitudes = new double[64];
    private int[] ends = new int[4];
    private boolean[] holes = new boolean[4];
    private int count;
    private int vertices;

    void clear() {
        count = 0;
        vertices = 0;
    }

    /** @param boundary polygons */
    void set(Geometry boundary) {
        clear();
        for (int i = 0; i < boundary.getNumGeometries(); i++) {
            if (!(boundary.getGeometryN(i) instanceof Polygon polygon)) {
                throw new IllegalArgumentException(
                        "a boundary is a " + boundary.getGeometryType() + ": expected polygons");
            }
            add(polygon.getExteriorRing(), false);
            for (int hole = 0; hole < polygon.getNumInteriorRing(); hole++) {
                add(polygon.getInteriorRingN(hole), true);
            }
        }
    }

    private void add(LinearRing ring, boolean isHole) {
        CoordinateSequence sequence = ring.getCoordinateSequence();
        for (int i = 0; i < sequence.size(); i++) {
            addVertex(sequence.getX(i), sequence.getY(i));
        }
        endRing(isHole);
    }

    void addVertex(double longitude, double latitude) {
        if (vertices == longitudes.length) {
            longitudes = Arrays.copyOf(longitudes, 2 * vertices);
            latitudes = Arrays.copyOf(latitudes, 2 * vertices);
        }
        longitudes[vertices] = longitude;
        latitudes[vertices++] = latitude;
    }

    void endRing(boolean isHole) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            holes = Arrays.copyOf(holes, 2 * count);
        }
        ends[count] = vertices;
        holes[count++] = isHole;
    }

    int count() {
        return count;
    }

    int vertices() {
        return vertices;
    }

    int start(int ring) {
        return ring == 0 ? 0 : ends[ring - 1];
    }

    /** Behind the ring's last vertex. */
    int end(int ring) {
        return ends[ring];
    }

    boolean isHole(int ring) {
        return holes[ring];
    }

    Envelope envelope() {
        Envelope envelope = new Envelope();
        for (int i = 0; i < vertices; i++) {
            envelope.expandToInclude(longitudes[i], latitudes[i]);
        }
        return envelope;
    }

    Geometry toGeometry() {
        int shells = 0;
        for (int ring = 0; ring < count; ring++) {
            shells += holes[ring] ? 0 : 1;
        }
        Polygon[] polygons = new Polygon[shells];
        int next = 0;
        for (int ring = 0; ring < count; ) {
            int behind = ring + 1;
            while (behind < count && holes[behind]) {
                behind++;
            }
            polygons[next++] = polygon(ring, behind);
            ring = behind;
        }
        return shells == 1 ? polygons[0] : GEOMETRIES.createMultiPolygon(polygons);
    }

    private Polygon polygon(int shell, int behind) {
        LinearRing[] holesOfIt = new LinearRing[behind - shell - 1];
        for (int i = 0; i < holesOfIt.length; i++) {
            holesOfIt[i] = linearRing(shell + 1 + i);
        }
        return GEOMETRIES.createPolygon(linearRing(shell), holesOfIt);
    }

    private LinearRing linearRing(int ring) {
        CoordinateSequence sequence = SEQUENCES.create(end(ring) - start(ring), 2, 0);
        for (int i = 0; i < sequence.size(); i++) {
            sequence.setOrdinate(i, CoordinateSequence.X, longitudes[start(ring) + i]);
            sequence.setOrdinate(i, CoordinateSequence.Y, latitudes[start(ring) + i]);
        }
        return GEOMETRIES.createLinearRing(sequence);
    }
}
