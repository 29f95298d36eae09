package org.citybrain.dispatch.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReportsUnderWayTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final ReportsUnderWay reportsUnderWay = new ReportsUnderWay(2, now::get);

    @Test
    void it_goes_on_at_full_speed_while_both_threads_dispatch_and_at_half_while_one_does() {
        reportsUnderWay.dispatch(() -> {
            now.addAndGet(4);
            reportsUnderWay.dispatch(() -> now.addAndGet(10));
            now.addAndGet(2);
        });
        now.addAndGet(1_000);

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(2 + 10 + 1));
    }

    @Test
    void a_batch_that_has_not_ended_counts_so_far() {
        reportsUnderWay.dispatch(() -> {
            now.addAndGet(6);
            assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(3));
            now.addAndGet(2);
        });

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(4));
    }

    @Test
    void a_batch_that_failed_is_over() {
        assertThatThrownBy(() -> reportsUnderWay.dispatch(() -> {
                    now.addAndGet(6);
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");
        now.addAndGet(1_000);

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(3));
    }
}
