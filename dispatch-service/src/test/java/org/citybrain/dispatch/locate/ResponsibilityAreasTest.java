package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Department;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

class ResponsibilityAreasTest {

    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Set<Tier> DISTRICTS = Set.of(Tier.DISTRICT);
    private static final double SLIVER = 0.01;
    private static final double BORDER = SquareCity.WEST + 8 * SquareCity.SIDE;

    @Test
    void all_areas_that_overlap_in_a_place_count_each_department_once() {
        ResponsibilityAreas areas = areas(
                area("fire", "500103", 0, 7),
                area("fire", "500103", 0, 0),
                area("gas", "500103", 0, 1, "gas.leak"),
                area("police", "500103", 0, 7),
                area("fire-east", "500105", 8, 15),
                area("city-fire", "50", 0, 15));

        assertThat(find(areas, "gas.leak", place(0))).containsExactly("fire", "gas", "police");
        assertThat(find(areas, "fire.building", place(0))).containsExactly("fire", "police");
        assertThat(find(areas, "fire.building", place(9))).containsExactly("fire-east");
        assertThat(find(areas, Set.of(Tier.CITY), "fire.building", JULY, place(0), null))
                .containsExactly("city-fire");
        assertThat(find(areas, Set.of(), "fire.building", JULY, place(0), null)).isEmpty();
    }

    @Test
    void a_footprint_over_two_departments_concerns_both_and_a_sliver_of_it_none() {
        ResponsibilityAreas areas = areas(area("west", "500103", 0, 7), area("east", "500105", 8, 15));
        Position west = new Position(BORDER - 0.002, SquareCity.latitude());

        assertThat(find(areas, DISTRICTS, "fire.building", JULY, west, Footprints.circle(west, 400)))
                .containsExactly("east", "west");
        assertThat(find(areas, DISTRICTS, "fire.building", JULY, west, Footprints.circle(west, 200)))
                .as("a part in a thousand")
                .containsExactly("west");
    }

    @Test
    void an_area_answers_from_the_moment_that_it_begins_until_the_one_that_it_ends() {
        Instant august = Instant.parse("2026-08-01T00:00:00Z");
        ResponsibilityAreas areas = areas(
                new Area("before", "500103", 0, 7).until(JULY),
                new Area("now", "500103", 0, 7).from(JULY).until(august),
                new Area("after", "500103", 0, 7).from(august));

        assertThat(find(areas, DISTRICTS, "gas.leak", JULY.minusNanos(1), place(0), null))
                .containsExactly("before");
        assertThat(find(areas, DISTRICTS, "gas.leak", JULY, place(0), null)).containsExactly("now");
        assertThat(find(areas, DISTRICTS, "gas.leak", august.minusNanos(1), place(0), null))
                .containsExactly("now");
        assertThat(find(areas, DISTRICTS, "gas.leak", august, place(0), null)).containsExactly("after");
    }

    private static List<String> find(ResponsibilityAreas areas, String type, Position place) {
        return find(areas, DISTRICTS, type, JULY, place, null);
    }

    private static List<String> find(
            ResponsibilityAreas areas,
            Set<Tier> tiers,
            String type,
            Instant at,
            Position place,
            @Nullable Geometry footprint) {
        return areas
                .find(type, tiers, List.of(place), footprint == null ? List.of() : List.of(footprint), SLIVER, at)
                .stream()
                .map(found -> found.department().code())
                .toList();
    }

    private static Position place(int grid) {
        return new Position(SquareCity.longitudeOf(grid), SquareCity.latitude());
    }

    private static Area area(String department, String unit, int firstGrid, int lastGrid, String... types) {
        Area area = new Area(department, unit, firstGrid, lastGrid);
        area.types = types.length == 0 ? null : Set.of(types);
        return area;
    }

    private static ResponsibilityAreas areas(Area... areas) {
        return new ResponsibilityAreas(Arrays.stream(areas).map(Area::build).toList());
    }

    private static final class Area {

        private final String department;
        private final String unit;
        private final int firstGrid;
        private final int lastGrid;
        private @Nullable Set<String> types;
        private Instant from = Instant.EPOCH;
        private @Nullable Instant until;

        Area(String department, String unit, int firstGrid, int lastGrid) {
            this.department = department;
            this.unit = unit;
            this.firstGrid = firstGrid;
            this.lastGrid = lastGrid;
        }

        Area from(Instant moment) {
            from = moment;
            return this;
        }

        Area until(Instant moment) {
            until = moment;
            return this;
        }

        ResponsibilityArea build() {
            Geometry land = Footprints.GEOMETRIES.toGeometry(new Envelope(
                    SquareCity.WEST + SquareCity.SIDE * firstGrid,
                    SquareCity.WEST + SquareCity.SIDE * (lastGrid + 1),
                    SquareCity.SOUTH,
                    SquareCity.SOUTH + SquareCity.SIDE));
            return new ResponsibilityArea(
                    new ResponsibleDepartment(new Department(department, department), unit, "area-" + department),
                    types,
                    PreparedGeometryFactory.prepare(land),
                    from,
                    until);
        }
    }
}
