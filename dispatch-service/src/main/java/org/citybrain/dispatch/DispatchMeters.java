package org.citybrain.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citybrain.dispatch.store.Outcome;
import org.citybrain.dispatch.store.Settlement;
import org.springframework.stereotype.Component;

/**
 * What dispatch is measured by: {@code citybrain.dispatch.reports{outcome}}, {@code …batch.size}, {@code …step{step}}, {@code
 * …lock.wait}, {@code …latency} (received by intake → tasks stored).
 */
@Component
class DispatchMeters {

    /** Buckets of histograms: what several instances took can be added up, which quantiles cannot. */
    private static final Duration[] BOUNDS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final List<String> STEPS = List.of("locate", "correlate", "grade and route", "store");

    private final Map<Outcome, Counter> reports = new EnumMap<>(Outcome.class);
    private final MeterRegistry registry;
    private final DistributionSummary batchSize;
    private final Timer lockWait;
    private final Timer latency;

    DispatchMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            reports.put(
                    outcome,
                    Counter.builder("citybrain.dispatch.reports")
                            .description("Records of report-received by what became of them")
                            .tag("outcome", outcome.name())
                            .register(registry));
        }
        // From the start, and not only once something has been reported: a dashboard is not to be empty.
        STEPS.forEach(this::timer);
        batchSize = DistributionSummary.builder("citybrain.dispatch.batch.size")
                .description("Records per transaction")
                .serviceLevelObjectives(1, 3, 10, 30, 100, 300, 1_000)
                .register(registry);
        lockWait = Timer.builder("citybrain.dispatch.lock.wait")
                .description("Waiting for the locks of cells")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        latency = Timer.builder("citybrain.dispatch.latency")
                .description("From the receipt of a report that opened an incident to its stored tasks")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
    }

    /** Runs a step and measures it under its name. */
    void step(String step, Runnable work) {
        timer(step).record(work);
    }

    private Timer timer(String step) {
        return Timer.builder("citybrain.dispatch.step")
                .description("Time of one step for one batch")
                .tag("step", step)
                .register(registry);
    }

    void lockWait(Runnable work) {
        lockWait.record(work);
    }

    void settled(List<Settlement> settlements, Instant now) {
        batchSize.record(settlements.size());
        for (Settlement settlement : settlements) {
            Counter counter = reports.get(settlement.outcome());
            if (counter != null) {
                counter.increment();
            }
            if (settlement.outcome() == Outcome.OPENED) {
                latency.record(Duration.between(settlement.consumed().receivedAt(), now));
            }
        }
    }
}
