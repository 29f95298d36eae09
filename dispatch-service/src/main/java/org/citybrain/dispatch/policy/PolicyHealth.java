package org.citybrain.dispatch.policy;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Tells under {@code /actuator/health} which policies are in use, and where one that should be cannot be read. Then it is {@code
 * STALE}: the service goes on with the version before, so its own status stays UP and nothing restarts it.
 */
@Component
class PolicyHealth implements HealthIndicator {

    private static final Status STALE = new Status("STALE", "a policy cannot be read, the version before stays in use");

    private final PostgresPolicies policies;
    private final PolicyMeters meters;

    PolicyHealth(PostgresPolicies policies, PolicyMeters meters) {
        this.policies = policies;
        this.meters = meters;
    }

    @Override
    public Health health() {
        Map<String, Object> versions = new TreeMap<>();
        meters.versions().forEach((kind, version) -> versions.put(kind.key(), version));
        Map<PolicyKind, String> unread = policies.unread();
        Health.Builder health = unread.isEmpty() ? Health.up() : Health.status(STALE);
        health.withDetail("versions", versions);
        unread.forEach((kind, why) -> health.withDetail(kind.key(), why));
        return health.build();
    }
}
