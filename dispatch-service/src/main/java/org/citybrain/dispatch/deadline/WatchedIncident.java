package org.citybrain.dispatch.deadline;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;

/**
 * An incident that something of is due, while its lock is held.
 *
 * @param rule the row of the routing table that it is routed by: its level, or its scope
 * @param board that its type belongs to
 * @param tasks all of them, whatever their state
 */
record WatchedIncident(
        UUID id, IncidentStatus status, String rule, String board, PolicyVersions policies, List<WatchedTask> tasks) {

    WatchedIncident {
        tasks = List.copyOf(tasks);
    }

    /** Whether it is resolved, so that nobody has to take anything on any more. */
    boolean isResolved() {
        return switch (status) {
            case DISPATCHED, ACKNOWLEDGED, IN_PROGRESS, CONTAINED -> false;
            case RESOLVED, VERIFIED, CLOSED, FALSE_ALARM, MERGED -> true;
        };
    }

    /** Whether the time to resolve no longer runs: an emergency has to be contained by then, an everyday matter settled. */
    boolean isSettled() {
        return isResolved() || (status == IncidentStatus.CONTAINED && isEmergency());
    }

    private boolean isEmergency() {
        for (Level level : Level.values()) {
            if (level.name().equals(rule)) {
                return true;
            }
        }
        return false;
    }
}
