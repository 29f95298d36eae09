package org.citybrain.grid.ogc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citybrain.grid.problem.RequestProblem;
import org.junit.jupiter.api.Test;

class BoundQueriesTest {

    private final BoundQueries bound =
            new BoundQueries(new OgcSettings(1, 3, 2, Duration.ofMillis(50), Duration.ofSeconds(1)));

    @Test
    void a_query_whose_turn_does_not_come_is_told_to_come_again() throws Exception {
        try (Held held = new Held()) {
            CompletableFuture<Void> one = start(() -> bound.query(held::hold));
            held.await();

            assertBusy(() -> bound.query(() -> "another"));

            held.close();
            one.join();
            assertThat(bound.query(() -> "another")).isEqualTo("another");
        }
    }

    @Test
    void one_reader_cannot_take_the_places_of_all() throws Exception {
        try (Held first = new Held();
                Held second = new Held()) {
            CompletableFuture<Void> one = start(() -> bound.page("slow", first::hold));
            CompletableFuture<Void> two = start(() -> bound.page("slow", second::hold));
            first.await();
            second.await();

            assertBusy(() -> bound.page("slow", () -> "a third"));
            assertThat(bound.page("other", () -> "mine")).isEqualTo("mine");

            first.close();
            second.close();
            CompletableFuture.allOf(one, two).join();
            assertThat(bound.page("slow", () -> "a third")).isEqualTo("a third");
        }
    }

    /** Each on a thread of its own: the common pool has one on a small machine, and would not begin the second. */
    private static CompletableFuture<Void> start(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread);
    }

    private static void assertBusy(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RequestProblem.class, problem -> {
            assertThat(problem.getStatusCode().value()).isEqualTo(503);
            assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        });
    }

    /** Work that takes until it is let go. */
    private static final class Held implements AutoCloseable {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        String hold() {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            return "done";
        }

        void await() throws InterruptedException {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            end.countDown();
        }
    }
}
