package org.citybrain.intake.receive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.citybrain.messages.RejectionReason;

/** What the gate counts. Only what Kafka acknowledged is counted, dry runs are not. */
final class IntakeMeters {

    private final Counter admitted;
    private final Map<RejectionReason, Counter> refused = new EnumMap<>(RejectionReason.class);
    private final DistributionSummary batchSize;

    IntakeMeters(MeterRegistry meters) {
        this.admitted = Counter.builder("citybrain.intake.admitted")
                .description("Reports that passed the gate and are safe on Kafka")
                .register(meters);
        for (RejectionReason reason : RejectionReason.values()) {
            refused.put(
                    reason,
                    Counter.builder("citybrain.intake.refused")
                            .description("Reports refused at the gate, by reason")
                            .tag("reason", reason.name())
                            .register(meters));
        }
        this.batchSize = DistributionSummary.builder("citybrain.intake.batch.size")
                .description("Reports in one batch")
                .register(meters);
    }

    void countAdmitted(int reports) {
        admitted.increment(reports);
    }

    void countRefused(RejectionReason reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void countBatch(int reports) {
        batchSize.record(reports);
    }
}
