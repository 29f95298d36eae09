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
import org.citybrain.dispatch.store.Outcome;
import org.citybrain.dispatch.store.Settlement;
import org.springframework.stereotype.Component;

/**
 * What dispatch is measured by: {@code citybrain.dispatch.reports{outcome}}, {@code …batch.size}, {@code …step{step}}, {@code
 * …lock.wait}, {@code …latency} (received by intake → tasks stored).
 */
@Component
class DispatchMeters {

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
        batchSize = DistributionSummary.builder("citybrain.dispatch.batch.size")
                .description("Records per transaction")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        lockWait = Timer.builder("citybrain.dispatch.lock.wait")
                .description("Waiting for the locks of cells")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        latency = Timer.builder("citybrain.dispatch.latency")
                .description("From the receipt of a report that opened an incident to its stored tasks")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Runs a step and measures it under its name. */
    void step(String step, Runnable work) {
        Timer.builder("citybrain.dispatch.step")
                .description("Time of one step for one batch")
                .tag("step", step)
                .register(registry)
                .record(work);
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
