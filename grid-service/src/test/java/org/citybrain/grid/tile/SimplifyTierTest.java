package org.citybrain.grid.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class SimplifyTierTest {

    private static final GeometryFactory MERCATOR = new GeometryFactory();
    private static final int SIDE = 1000;
    private static final int STEPS = 40;

    private final List<DrawnUnit> units = windingSquares();

    @Test
    void borders_lose_most_of_their_corners_and_stay_shared() {
        List<DrawnUnit> simplified = SimplifyTier.simplify(units, 10);

        assertThat(corners(units)).isEqualTo(16 * (4 * STEPS + 1));
        assertThat(corners(simplified)).isLessThan(corners(units) / 4);
        assertThat(CoverageValidator.isValid(borders(simplified))).isTrue();
        assertThat(simplified)
                .extracting(DrawnUnit::code)
                .isEqualTo(units.stream().map(DrawnUnit::code).toList());
        assertThat(area(simplified)).isCloseTo(area(units), within(area(units) * 0.05));
    }

    @Test
    void of_a_part_the_border_to_other_parts_stays_as_it_is() {
        List<DrawnUnit> simplified = SimplifyTier.simplifyPart(units, 10);

        assertThat(corners(simplified)).isLessThan(corners(units) * 3 / 4);
        assertThat(CoverageValidator.isValid(borders(simplified))).isTrue();
        assertThat(CoverageUnion.union(borders(simplified)).equalsTopo(CoverageUnion.union(borders(units))))
                .isTrue();
    }

    @Test
    void two_parts_that_are_simplified_apart_still_fit() {
        List<DrawnUnit> both = new ArrayList<>(SimplifyTier.simplifyPart(units.subList(0, 8), 10));
        both.addAll(SimplifyTier.simplifyPart(units.subList(8, 16), 10));

        assertThat(CoverageValidator.isValid(borders(both))).isTrue();
        assertThat(corners(both)).isLessThan(corners(units));
    }

    @Test
    void nothing_that_is_larger_than_half_a_pixel_gets_lost() {
        assertThat(SimplifyTier.toleranceMeters(0)).isCloseTo(78_271.5, within(0.1));
        assertThat(SimplifyTier.toleranceMeters(12)).isCloseTo(19.1, within(0.1));

        List<DrawnUnit> fine = SimplifyTier.simplify(units, 20);
        for (int i = 0; i < fine.size(); i++) {
            assertThat(fine.get(i)
                            .boundary()
                            .symDifference(units.get(i).boundary())
                            .getArea())
                    .isLessThan(SIDE * 4 * SimplifyTier.toleranceMeters(20));
        }
    }

    /** Four by four, with borders that swing from side to side, the same for both neighbours. */
    private static List<DrawnUnit> windingSquares() {
        List<DrawnUnit> squares = new ArrayList<>();
        for (int column = 0; column < 4; column++) {
            for (int row = 0; row < 4; row++) {
                List<Coordinate> ring = new ArrayList<>();
                line(ring, column, row, column + 1, row);
                line(ring, column + 1, row, column + 1, row + 1);
                line(ring, column + 1, row + 1, column, row + 1);
                line(ring, column, row + 1, column, row);
                ring.add(ring.getFirst());
                squares.add(new DrawnUnit(
                        "c" + column + row, "n", 1, MERCATOR.createPolygon(ring.toArray(Coordinate[]::new))));
            }
        }
        return squares;
    }

    private static void line(List<Coordinate> ring, int fromX, int fromY, int toX, int toY) {
        for (int i = 0; i < STEPS; i++) {
            double x = fromX + (toX - fromX) * (double) i / STEPS;
            double y = fromY + (toY - fromY) * (double) i / STEPS;
            ring.add(new Coordinate(
                    Math.rint((x + 0.02 * Math.sin(40 * y)) * SIDE * 100) / 100,
                    Math.rint((y + 0.02 * Math.sin(40 * x)) * SIDE * 100) / 100));
        }
    }

    private static int corners(List<DrawnUnit> units) {
        return units.stream().mapToInt(unit -> unit.boundary().getNumPoints()).sum();
    }

    private static double area(List<DrawnUnit> units) {
        return units.stream().mapToDouble(unit -> unit.boundary().getArea()).sum();
    }

    private static Geometry[] borders(List<DrawnUnit> units) {
        return units.stream().map(DrawnUnit::boundary).toArray(Geometry[]::new);
    }
}
