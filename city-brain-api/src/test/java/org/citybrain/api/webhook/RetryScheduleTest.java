package org.citybrain.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule = new RetrySchedule(8, Duration.ofSeconds(4));

    @Test
    void eight_tries_last_about_six_hours() {
        Duration whole = IntStream.rangeClosed(1, 7)
                .mapToObj(attempts -> schedule.pauseAfter(attempts, 0.5))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(whole).isBetween(Duration.ofHours(6), Duration.ofHours(7));
        assertThat(schedule.goesOnAfter(7)).isTrue();
        assertThat(schedule.goesOnAfter(8)).isFalse();
    }

    @Test
    void each_pause_is_four_times_the_one_before_give_or_take_a_fifth() {
        assertThat(schedule.pauseAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(schedule.pauseAfter(2, 0.5)).isEqualTo(Duration.ofSeconds(16));
        assertThat(schedule.pauseAfter(1, 0)).isEqualTo(Duration.ofMillis(3200));
        assertThat(schedule.pauseAfter(1, 1)).isEqualTo(Duration.ofMillis(4800));
    }
}
