package org.citybrain.dispatch.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What the policies in memory are watched by: {@code citybrain.dispatch.policy.version{kind}} (in use), {@code …policy.unread} (kinds
 * whose version in force cannot be read), {@code …policy.age} (since they were last looked up), {@code …policy.failures}.
 */
@Component
class PolicyMeters {

    private final Counter failures;
    private final Clock clock;
    private volatile PolicyTerms terms = new PolicyTerms(Map.of(), Map.of());
    private volatile Instant lookedAt;

    PolicyMeters(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        lookedAt = clock.instant();
        failures = Counter.builder("citybrain.dispatch.policy.failures")
                .description("Attempts to look the policies up, or to read a version, that failed")
                .register(registry);
        for (PolicyKind kind : PolicyKind.values()) {
            Gauge.builder("citybrain.dispatch.policy.version", () -> version(kind))
                    .description("The version of the policy in use; 0 while there is none")
                    .tag("kind", kind.key())
                    .register(registry);
        }
        Gauge.builder("citybrain.dispatch.policy.unread", () -> terms.unread().size())
                .description(
                        "Kinds of policy of which a version that should be used cannot be read: the one before stays"
                                + " in use")
                .register(registry);
        Gauge.builder(
                        "citybrain.dispatch.policy.age",
                        () -> Duration.between(lookedAt, clock.instant()).toMillis() / 1e3)
                .description("Since the policies were last looked up")
                .baseUnit("seconds")
                .register(registry);
    }

    void held(PolicyTerms terms, Instant now) {
        this.terms = terms;
        lookedAt = now;
    }

    void failed() {
        failures.increment();
    }

    /** The versions in use now, for the health page. */
    Map<PolicyKind, Integer> versions() {
        Map<PolicyKind, Integer> versions = new EnumMap<>(PolicyKind.class);
        for (PolicyKind kind : PolicyKind.values()) {
            versions.put(kind, version(kind));
        }
        return versions;
    }

    private int version(PolicyKind kind) {
        PolicyTerm inForce = terms.findInForce(kind, clock.instant());
        return inForce == null ? 0 : inForce.version();
    }
}
