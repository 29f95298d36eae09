package org.citybrain.messages.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SumUpDaysTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T05:00:00Z");

    private final Days days = new Days();
    private final SumUpDays sumUpDays = new SumUpDays(days);

    @Test
    void a_run_does_no_more_than_a_month_of_days_one_by_one_and_the_next_goes_on_behind_it() {
        for (int day = 0; day < 40; day++) {
            days.hours.add(FIRST.plus(Duration.ofDays(day)));
        }

        sumUpDays.goOn(FIRST.plus(Duration.ofDays(100)));
        assertThat(days.summedUp).hasSize(31).startsWith("2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z");
        sumUpDays.goOn(FIRST.plus(Duration.ofDays(100)));

        assertThat(days.summedUp).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void days_without_lines_are_passed_over_and_the_last_day_ends_with_what_is_old_enough() {
        days.hours.add(FIRST);
        days.hours.add(Instant.parse("2026-05-01T05:00:00Z"));
        days.hours.add(Instant.parse("2026-05-01T07:00:00Z"));

        sumUpDays.goOn(Instant.parse("2026-05-01T06:30:00Z"));

        assertThat(days.summedUp)
                .containsExactly(
                        "2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z", "2026-05-01T00:00:00Z to 2026-05-01T06:30:00Z");
    }

    @Test
    void once_it_is_through_it_begins_anew_with_what_came_late() {
        days.hours.add(FIRST);
        sumUpDays.goOn(FIRST.plus(Duration.ofDays(9)));
        days.hours.add(FIRST.minus(Duration.ofDays(1)));

        sumUpDays.goOn(FIRST.plus(Duration.ofDays(9)));

        assertThat(days.summedUp).element(1).isEqualTo("2025-12-31T00:00:00Z to 2026-01-01T00:00:00Z");
    }

    @Test
    void thirteen_whole_months_before_this_one_are_by_hour() {
        assertThat(LedgerLines.byHourFrom(Instant.parse("2027-11-30T23:59:59Z")))
                .isEqualTo("2026-10-01T00:00:00Z");
        assertThat(LedgerLines.byHourFrom(Instant.parse("2027-12-01T00:00:00Z")))
                .isEqualTo("2026-11-01T00:00:00Z");
    }

    private static final class Days implements SumUpDays.Lines {

        private final TreeSet<Instant> hours = new TreeSet<>();
        private final List<String> summedUp = new ArrayList<>();

        @Override
        public Optional<Instant> findOldest(Instant from, Instant before) {
            return hours.subSet(from, before.isBefore(from) ? from : before).stream()
                    .findFirst();
        }

        @Override
        public void sumUp(Instant from, Instant before) {
            summedUp.add(from + " to " + before);
        }
    }
}
