package org.citybrain.dispatch.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReportsUnderWayTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final ReportsUnderWay reportsUnderWay = new ReportsUnderWay(now::get);

    @Test
    void two_batches_at_once_count_twice() {
        reportsUnderWay.during(() -> {
            now.addAndGet(5);
            reportsUnderWay.during(() -> now.addAndGet(10));
            now.addAndGet(1);
        });
        now.addAndGet(1_000);

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(5 + 20 + 1));
    }

    @Test
    void a_batch_that_has_not_ended_counts_so_far() {
        reportsUnderWay.during(() -> {
            now.addAndGet(7);
            assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(7));
            now.addAndGet(2);
        });

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(9));
    }

    @Test
    void a_batch_that_failed_is_over() {
        assertThatThrownBy(() -> reportsUnderWay.during(() -> {
                    now.addAndGet(3);
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");
        now.addAndGet(1_000);

        assertThat(reportsUnderWay.time()).isEqualTo(Duration.ofNanos(3));
    }
}
