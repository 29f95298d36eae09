package org.citybrain.dispatch.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.junit.jupiter.api.Test;

class NearestIncidentsTest {

    private static final Position PLACE = new Position(106.5, 29.5);

    /** Every ten metres one, to the north. */
    private final List<OpenIncident> row =
            IntStream.rangeClosed(1, 100).mapToObj(i -> away(i, 10 * i)).toList();

    @Test
    void the_nearest_come_first_and_no_more_than_asked() {
        assertThat(new NearestIncidents(row).of(PLACE, id(0), 500, 3))
                .extracting(NearIncident::metersAway)
                .containsExactly(10L, 20L, 30L);
    }

    @Test
    void what_lies_farther_away_is_not_near() {
        assertThat(new NearestIncidents(row).of(PLACE, id(0), 505, 1_000)).hasSize(50);
    }

    @Test
    void nothing_is_near_itself() {
        assertThat(new NearestIncidents(row).of(PLACE, id(1), 500, 1))
                .extracting(NearIncident::id)
                .containsExactly(id(2));
    }

    @Test
    void at_the_same_distance_the_order_is_that_of_the_ids() {
        List<OpenIncident> together = List.of(away(3, 0), away(1, 0), away(2, 0));

        assertThat(new NearestIncidents(together).of(PLACE, id(0), 500, 2))
                .extracting(NearIncident::id)
                .containsExactly(id(1), id(2));
    }

    @Test
    void each_is_named_by_its_number_of_the_day_in_the_city() {
        assertThat(new NearestIncidents(row).of(PLACE, id(0), 500, 1))
                .extracting(NearIncident::number)
                .containsExactly("20261124-000001");
    }

    private static OpenIncident away(int number, double meters) {
        return new OpenIncident(
                id(number),
                (long) number,
                Instant.parse("2026-11-23T16:00:00Z"),
                "gas.leak",
                Level.IV,
                null,
                new Position(
                        PLACE.longitude(), PLACE.latitude() + meters / LocalMeters.perDegreeNorth(PLACE.latitude())));
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
