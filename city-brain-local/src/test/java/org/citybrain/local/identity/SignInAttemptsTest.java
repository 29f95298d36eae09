package org.citybrain.local.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.LockedException;

class SignInAttemptsTest {

    private final SettableClock clock = new SettableClock();
    private final SignInAttempts attempts = new SignInAttempts(clock);

    @Test
    void after_five_in_a_row_each_further_one_must_wait_a_minute() {
        fail("admin", SignInAttempts.ALLOWED);

        assertRefused("admin");
        clock.advance(SignInAttempts.WAIT.minusMillis(1));
        assertRefused("admin");
        clock.advance(java.time.Duration.ofMillis(1));
        assertThatCode(() -> attempts.begin("admin")).doesNotThrowAnyException();
        assertRefused("admin");
    }

    @Test
    void one_that_succeeds_forgets_those_before_it_and_other_names_are_not_concerned() {
        fail("admin", SignInAttempts.ALLOWED - 1);
        attempts.begin("admin");
        attempts.succeed("admin");

        fail("admin", SignInAttempts.ALLOWED);
        assertRefused("admin");
        assertThatCode(() -> attempts.begin("analyst")).doesNotThrowAnyException();
    }

    @Test
    void many_at_the_same_moment_count_as_many() throws Exception {
        List<Callable<Boolean>> guesses = new ArrayList<>();
        IntStream.range(0, 50)
                .forEach(i -> guesses.add(() -> {
                    try {
                        attempts.begin("admin");
                        return true;
                    } catch (LockedException refused) {
                        return false;
                    }
                }));

        int taken = 0;
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> guess : guessers.invokeAll(guesses)) {
                taken += guess.get() ? 1 : 0;
            }
        }

        assertThat(taken).isEqualTo(SignInAttempts.ALLOWED);
    }

    private void fail(String name, int times) {
        IntStream.range(0, times).forEach(i -> attempts.begin(name));
    }

    private void assertRefused(String name) {
        assertThatThrownBy(() -> attempts.begin(name)).isInstanceOf(LockedException.class);
    }
}
