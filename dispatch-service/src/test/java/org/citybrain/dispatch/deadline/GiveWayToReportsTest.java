package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.citybrain.dispatch.consume.ReportsUnderWay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GiveWayToReportsTest {

    private final AtomicLong now = new AtomicLong();
    private final ReportsUnderWay reportsUnderWay = new ReportsUnderWay(1, now::get);
    private final List<Long> rests = new ArrayList<>();
    private final GiveWayToReports giveWay =
            new GiveWayToReports(reportsUnderWay, Duration.ofSeconds(2), rest -> rests.add(rest.toMillis()));

    @ParameterizedTest(name = "reports were dispatched for {0} ms meanwhile: rest {1} ms")
    @CsvSource({"30, 120", "400, 1600", "500, 2000", "501, 2000", "60000, 2000"})
    void a_lane_rests_four_times_as_long_as_reports_were_dispatched_but_not_for_ever(long dispatched, long rest) {
        assertThat(giveWay.afterwards(() -> {
                    reportsUnderWay.dispatch(() -> pass(dispatched));
                    return 7;
                }))
                .isEqualTo(7);

        assertThat(rests).containsExactly(rest);
    }

    @Test
    void what_was_dispatched_before_the_batch_and_what_takes_its_time_without_reports_makes_nobody_rest() {
        reportsUnderWay.dispatch(() -> pass(1_000));

        giveWay.afterwards(() -> {
            pass(1_000);
            return 7;
        });

        assertThat(rests).isEmpty();
    }

    @Test
    void a_lane_that_has_found_nothing_does_not_rest() {
        giveWay.afterwards(() -> {
            reportsUnderWay.dispatch(() -> pass(1_000));
            return 0;
        });

        assertThat(rests).isEmpty();
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
