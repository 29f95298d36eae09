package org.citybrain.local.bench;

import java.util.List;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.algorithm.locate.PointOnGeometryLocator;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.ItemVisitor;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * What is usually done in memory: a tree of the units' rectangles, and an exact test of those that it finds. Two such tests are common;
 * the index of each unit's edges and the plain walk along them. For units of few vertices the second is often faster, so both are tried.
 */
final class TreeOfUnits {

    private final STRtree tree = new STRtree();
    private final PointOnGeometryLocator[] locators;

    private TreeOfUnits(List<BenchUnit> units, boolean indexEdges) {
        locators = new PointOnGeometryLocator[units.size()];
        for (int i = 0; i < locators.length; i++) {
            tree.insert(units.get(i).boundary().getEnvelopeInternal(), i);
            locators[i] = indexEdges
                    ? new IndexedPointInAreaLocator(units.get(i).boundary())
                    : new SimplePointInAreaLocator(units.get(i).boundary());
        }
        tree.build();
    }

    static TreeOfUnits withIndexedEdges(List<BenchUnit> units) {
        return new TreeOfUnits(units, true);
    }

    static TreeOfUnits withPlainEdges(List<BenchUnit> units) {
        return new TreeOfUnits(units, false);
    }

    /** The lowest number of those that cover a place; -1 for none. */
    int find(Coordinate place) {
        LowestCovering lowest = new LowestCovering(place);
        tree.query(new Envelope(place), lowest);
        return lowest.number;
    }

    private final class LowestCovering implements ItemVisitor {

        private final Coordinate place;
        private int number = -1;

        LowestCovering(Coordinate place) {
            this.place = place;
        }

        @Override
        public void visitItem(Object item) {
            int unit = (Integer) item;
            if ((number < 0 || unit < number) && locators[unit].locate(place) != Location.EXTERIOR) {
                number = unit;
            }
        }
    }
}
