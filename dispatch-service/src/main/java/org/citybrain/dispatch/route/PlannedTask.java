package org.citybrain.dispatch.route;

import java.time.Duration;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What one unit, or a department that serves it, is to do.
 *
 * @param acknowledgeWithin from dispatch on; absent for notices
 * @param resolveWithin from dispatch on; absent for notices
 * @param digest a notice that may wait for the next digest
 * @param department whose task it is; absent for the unit's own
 */
public record PlannedTask(
        Tier tier,
        String unitCode,
        TaskRole role,
        @Nullable Duration acknowledgeWithin,
        @Nullable Duration resolveWithin,
        boolean digest,
        @Nullable Department department) {

    /** A unit's own task. */
    public PlannedTask(
            Tier tier,
            String unitCode,
            TaskRole role,
            @Nullable Duration acknowledgeWithin,
            @Nullable Duration resolveWithin,
            boolean digest) {
        this(tier, unitCode, role, acknowledgeWithin, resolveWithin, digest, null);
    }

    public PlannedTask withRole(TaskRole other) {
        return new PlannedTask(tier, unitCode, other, acknowledgeWithin, resolveWithin, digest, department);
    }

    /** Whether the unit itself has to do something. */
    boolean isOwnWork() {
        return department == null && role != TaskRole.NOTIFY;
    }
}
