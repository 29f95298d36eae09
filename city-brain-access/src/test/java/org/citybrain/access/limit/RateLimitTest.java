package org.citybrain.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Instant START = Instant.parse("2026-07-01T08:30:00Z");
    private static final Rate ONE = new Rate(1, 1);

    private final RateLimit limit = new RateLimit(1_000);

    @Property(tries = 50)
    void at_once_no_more_than_the_burst_and_on_average_no_more_than_the_rate(
            @ForAll @IntRange(min = 1, max = 5_000) int perSecond, @ForAll @IntRange(min = 1, max = 5) int bursts) {
        var limit = new RateLimit(1);
        var rate = new Rate(perSecond, perSecond * bursts);
        int atOnce = 0;
        while (limit.take("gw", rate, START).granted()) {
            atOnce++;
        }
        int later = 0;
        for (int millis = 5; millis <= 3_000; millis += 5) {
            for (int i = 0; i < perSecond / 50 + 1; i++) {
                later += limit.take("gw", rate, START.plusMillis(millis)).granted() ? 1 : 0;
            }
        }

        assertThat(atOnce).isEqualTo(rate.burst());
        assertThat(later).isBetween(3 * perSecond - 1, 3 * perSecond + 1);
    }

    @Test
    void callers_do_not_share_their_rate() {
        assertThat(limit.take("one", ONE, START).granted()).isTrue();
        assertThat(limit.take("one", ONE, START).granted()).isFalse();
        assertThat(limit.take("other", ONE, START).granted()).isTrue();
    }

    @Test
    void looking_takes_nothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(limit.look("gw", ONE, START).granted()).isTrue();
        }
        limit.take("gw", ONE, START);

        assertThat(limit.look("gw", ONE, START).granted()).isFalse();
    }

    @Test
    void a_clock_that_was_set_back_locks_nobody_out() {
        limit.take("gw", ONE, START.plus(Duration.ofDays(1)));

        assertThat(limit.take("gw", ONE, START).granted()).isTrue();
    }

    @Test
    void whoever_waits_as_long_as_told_is_let_through() {
        var rate = new Rate(3, 2);
        limit.take("gw", rate, START);
        limit.take("gw", rate, START);
        Allowance refused = limit.take("gw", rate, START);

        assertThat(refused.granted()).isFalse();
        assertThat(limit.take("gw", rate, START.plus(refused.untilNext()).minusNanos(1))
                        .granted())
                .isFalse();
        assertThat(limit.take("gw", rate, START.plus(refused.untilNext())).granted())
                .isTrue();
    }

    @Test
    void what_is_left_is_told_in_headers() {
        var rate = new Rate(10, 20);
        List<String> granted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        limit.take("gw", rate, START).tell("requests", (name, value) -> granted.add(name + ": " + value));
        while (limit.take("gw", rate, START).granted()) {
            // until it is used up
        }
        limit.take("gw", rate, START).tellRefused("requests", (name, value) -> refused.add(name + ": " + value));

        assertThat(granted)
                .containsExactly("RateLimit-Policy: \"requests\";q=20;w=2", "RateLimit: \"requests\";r=19;t=1");
        assertThat(refused)
                .containsExactly(
                        "RateLimit-Policy: \"requests\";q=20;w=2", "RateLimit: \"requests\";r=0;t=2", "Retry-After: 1");
    }

    @Test
    void no_more_callers_are_remembered_than_it_has_room_for() {
        for (int i = 0; i < 10_000; i++) {
            limit.take("address " + i, ONE, START);
        }

        assertThat(limit.size()).isLessThanOrEqualTo(1_000);
    }
}
