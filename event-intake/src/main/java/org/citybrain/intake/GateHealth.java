package org.citybrain.intake;

import java.util.Optional;
import org.citybrain.intake.admit.AdmissionGate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells under {@code /actuator/health} whether the gate admits reports, and what it waits for. While it waits, the service
 * itself is well: it answers 503 and goes on by itself.
 */
@Component("gate")
class GateHealth implements HealthIndicator {

    private final AdmissionGate gate;

    GateHealth(AdmissionGate gate) {
        this.gate = gate;
    }

    @Override
    public Health health() {
        Optional<String> missing = gate.findWhatIsMissing();
        Health.Builder health = Health.up().withDetail("admitting", missing.isEmpty());
        missing.ifPresent(what -> health.withDetail("waitsFor", what));
        return health.build();
    }
}
