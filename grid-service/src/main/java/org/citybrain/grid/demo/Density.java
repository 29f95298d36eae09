package org.citybrain.grid.demo;

import java.util.List;
import org.citybrain.grid.demo.mesh.Point;
import org.citybrain.grid.demo.mesh.Territory;

/** How large grids are here and there: as the plan has it near the middle of a district, and in between by distance. */
final class Density {

    /** The mesh goes on beyond the city, or its outermost cells would have no proper border. */
    private static final double MARGIN_METERS = 3_000;

    private static final double SQUARE_METERS = 1e6;

    private final List<Land> lands;

    Density(List<Land> lands) {
        this.lands = List.copyOf(lands);
    }

    /** Whether the mesh should reach here. */
    boolean reaches(Point point) {
        return lands.stream().anyMatch(land -> land.distanceMeters(point) < land.halfWidthMeters() + MARGIN_METERS);
    }

    /** The square root of a grid's area here. */
    double gridSideMeters(Point point) {
        double logarithms = 0;
        double weights = 0;
        for (Land land : lands) {
            double nearness = 1 / (0.2 + land.distanceMeters(point) / land.halfWidthMeters());
            double weight = StrictMath.pow(nearness, 8);
            logarithms += weight * StrictMath.log(land.gridSideMeters());
            weights += weight;
        }
        return StrictMath.exp(logarithms / weights);
    }

    double largestGridSideMeters() {
        return lands.stream().mapToDouble(Land::gridSideMeters).max().orElseThrow();
    }

    /** A district's wish. */
    record Land(Territory territory, double gridSquareKilometers) {

        double gridSideMeters() {
            return Math.sqrt(gridSquareKilometers * SQUARE_METERS);
        }

        double distanceMeters(Point point) {
            return territory.distanceMeters(point);
        }

        /** How far land of this area reaches from its spine, were it free on all sides. */
        double halfWidthMeters() {
            double area = territory.cells() * gridSquareKilometers * SQUARE_METERS;
            double length = territory.spineLengthMeters();
            return (Math.sqrt(length * length + Math.PI * area) - length) / Math.PI;
        }
    }
}
