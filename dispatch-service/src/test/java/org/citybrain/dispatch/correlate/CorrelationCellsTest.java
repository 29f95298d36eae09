package org.citybrain.dispatch.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.Position;

class CorrelationCellsTest {

    @Property
    void whatever_lies_within_the_distance_lies_in_one_of_at_most_four_cells(
            @ForAll @DoubleRange(min = 105, max = 110.5) double longitude,
            @ForAll @DoubleRange(min = 28, max = 32.5) double latitude,
            @ForAll @DoubleRange(min = 20, max = 1_500) double radiusMeters,
            @ForAll @DoubleRange(max = 6.28) double angle,
            @ForAll @DoubleRange(max = 0.99) double share) {
        CorrelationCells cells = new CorrelationCells("flood.waterlogging", radiusMeters);
        Position place = new Position(longitude, latitude);
        Position near = new Position(
                longitude + share * radiusMeters * Math.cos(angle) / LocalMeters.perDegreeEast(latitude),
                latitude + share * radiusMeters * Math.sin(angle) / LocalMeters.perDegreeNorth(latitude));

        List<Long> around = cells.cellsAround(place, radiusMeters);

        assertThat(around).contains(cells.cellOf(place), cells.cellOf(near)).hasSizeLessThanOrEqualTo(4);
        assertThat(around).allMatch(cell -> cell >= 0);
    }
}
