package org.citybrain.dispatch.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GiveWayToReportsTest {

    @ParameterizedTest(name = "reports were dispatched for {0} ms meanwhile: rest {1} ms")
    @CsvSource({"0, 0", "30, 60", "400, 800", "999, 1998", "1001, 2000", "60000, 2000"})
    void a_lane_rests_twice_as_long_as_reports_were_dispatched_but_not_for_ever(long dispatched, long rest) {
        assertThat(GiveWayToReports.restAfter(Duration.ofMillis(dispatched))).isEqualTo(Duration.ofMillis(rest));
    }
}
