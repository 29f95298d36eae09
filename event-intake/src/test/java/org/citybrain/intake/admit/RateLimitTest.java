package org.citybrain.intake.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Instant START = Gates.NOW;

    @Property(tries = 50)
    void no_second_lets_more_through_than_twice_the_rate_and_all_together_no_more_than_the_rate(
            @ForAll @IntRange(min = 1, max = 5_000) int perSecond) {
        var limit = new RateLimit();
        int taken = 0;
        for (int millis = 0; millis < 3_000; millis += 5) {
            for (int i = 0; i < perSecond / 50 + 1; i++) {
                taken += limit.take("gw", perSecond, START.plusMillis(millis)) ? 1 : 0;
            }
        }
        // One second's burst and three seconds at the rate.
        assertThat(taken).isBetween(3 * perSecond - 1, 4 * perSecond);
    }

    @Test
    void sources_do_not_share_their_rate() {
        var limit = new RateLimit();

        assertThat(limit.take("one", 1, START)).isTrue();
        assertThat(limit.take("one", 1, START)).isFalse();
        assertThat(limit.take("other", 1, START)).isTrue();
    }

    @Test
    void a_clock_that_was_set_back_locks_nobody_out() {
        var limit = new RateLimit();
        limit.take("gw", 1, START.plus(Duration.ofDays(1)));

        assertThat(limit.take("gw", 1, START)).isTrue();
    }

    @Test
    void a_hundred_thousand_accounts_at_rest_are_forgotten() {
        var limit = new RateLimit();
        for (int i = 0; i <= 100_000; i++) {
            limit.take("worker-" + i, 1_000, START);
        }
        Instant later = START.plusSeconds(10);
        limit.take("another", 1_000, later);

        assertThat(limit.size()).isLessThan(10);
    }
}
