package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnDutyTest {

    private static final String NIGHT = "500103001001001";
    private static final String DAY = "500103001001002";
    private static final String BOTH = "500103001001003";
    private static final String WITHOUT_ROSTER = "500103001001004";

    /** The night worker begins at ten in the evening and ends at six, the day worker begins at six. */
    @ParameterizedTest(name = "at {0} in Chongqing: night {1}, day {2}, both {3}")
    @CsvSource({
        "2026-07-01T21:59:59, 0, 1, 1",
        "2026-07-01T22:00:00, 1, 0, 1",
        "2026-07-01T23:59:59, 1, 0, 1",
        "2026-07-02T00:00:00, 1, 0, 1",
        "2026-07-02T05:59:59, 1, 0, 1",
        "2026-07-02T06:00:00, 0, 1, 1"
    })
    void shifts_run_over_midnight_in_the_citys_own_time(LocalDateTime there, int night, int day, int both) {
        OnDuty onDuty = onDuty(there.atZone(ZoneId.of("Asia/Shanghai")).toInstant());

        assertThat(onDuty.count(NIGHT)).isEqualTo(night);
        assertThat(onDuty.count(DAY)).isEqualTo(day);
        assertThat(onDuty.count(BOTH)).isEqualTo(both);
        assertThat(onDuty.unattended(List.of(NIGHT, DAY, BOTH, WITHOUT_ROSTER)))
                .containsExactly(night == 0 ? NIGHT : DAY);
    }

    @Test
    void no_roster_known_counts_as_on_duty_and_the_units_above_are_looked_at_as_well() {
        OnDuty onDuty = onDuty(
                Instant.parse("2026-07-01T12:00:00Z"), new Shift("500103", LocalTime.of(8, 0), LocalTime.of(9, 0)));

        assertThat(onDuty.count(WITHOUT_ROSTER)).isNull();
        assertThat(onDuty.unattended(List.of(WITHOUT_ROSTER))).containsExactly("500103");
    }

    private static OnDuty onDuty(Instant now) {
        return onDuty(
                now,
                new Shift(NIGHT, LocalTime.of(22, 0), LocalTime.of(6, 0)),
                new Shift(DAY, LocalTime.of(6, 0), LocalTime.of(22, 0)),
                new Shift(BOTH, LocalTime.of(22, 0), LocalTime.of(6, 0)),
                new Shift(BOTH, LocalTime.of(6, 0), LocalTime.of(22, 0)));
    }

    private static OnDuty onDuty(Instant now, Shift... shifts) {
        GovernanceMap map = new GovernanceMap(
                new MapVersion(1, Instant.EPOCH),
                new Grids.Builder().build(),
                new KeyPlaces(List.of(), Instant.MAX),
                new UnitNames.Builder().build(),
                new Roster(List.of(shifts)));
        return new OnDuty(map, now);
    }
}
