package org.citybrain.dispatch.deadline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the sweep is measured by: {@code citybrain.dispatch.deadlines{kind,outcome}}, and what waits for it, {@code …deadlines.overdue}
 * and {@code …deadlines.overdue.age}.
 */
@Component
class DeadlineMeters {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final MeterRegistry registry;
    private final PostgresDueIncidents due;
    private final Clock clock;
    private volatile double overdue;
    private volatile double ageSeconds;

    DeadlineMeters(MeterRegistry registry, PostgresDueIncidents due, Clock clock) {
        this.registry = registry;
        this.due = due;
        this.clock = clock;
        // From the start, and not only once something has come about: a dashboard is not to be empty.
        for (DeadlineKind kind : DeadlineKind.values()) {
            counter(kind, DeadlineOutcome.MISSED);
        }
        Gauge.builder("citybrain.dispatch.deadlines.overdue", () -> overdue)
                .description("Tasks whose warning, breach or alarm is due and that no sweep has looked at yet")
                .register(registry);
        Gauge.builder("citybrain.dispatch.deadlines.overdue.age", () -> ageSeconds)
                .description("For how long the longest overdue of them waits")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Adds what a batch that is committed has come to. */
    void add(Counted counted) {
        counted.counts.forEach((kind, outcomes) ->
                outcomes.forEach((outcome, count) -> counter(kind, outcome).increment(count)));
    }

    @Scheduled(fixedDelayString = "${city-brain.dispatch.deadlines.backlog-interval:15s}")
    void measureBacklog() {
        Instant now = clock.instant();
        PostgresDueIncidents.Overdue waiting = due.overdue(now);
        overdue = waiting.tasks();
        ageSeconds = waiting.oldest() == null
                ? 0
                : Math.max(0, Duration.between(waiting.oldest(), now).toMillis() / MILLIS_PER_SECOND);
    }

    private Counter counter(DeadlineKind kind, DeadlineOutcome outcome) {
        return Counter.builder("citybrain.dispatch.deadlines")
                .description("Deadlines by what the sweep did about them")
                .tag("kind", kind.name())
                .tag("outcome", outcome.name())
                .register(registry);
    }

    /** What one batch has come to, counted only once it is committed. */
    static final class Counted {

        private final Map<DeadlineKind, Map<DeadlineOutcome, Integer>> counts = new EnumMap<>(DeadlineKind.class);

        void add(DeadlineKind kind, DeadlineOutcome outcome) {
            counts.computeIfAbsent(kind, k -> new EnumMap<>(DeadlineOutcome.class))
                    .merge(outcome, 1, Integer::sum);
        }
    }
}
