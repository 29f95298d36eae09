package org.citybrain.dispatch.route;

import java.time.Duration;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What one unit is to do.
 *
 * @param acknowledgeWithin from dispatch on; absent for notices
 * @param resolveWithin from dispatch on; absent for notices
 * @param digest a notice that may wait for the next digest
 */
public record PlannedTask(
        Tier tier,
        String unitCode,
        TaskRole role,
        @Nullable Duration acknowledgeWithin,
        @Nullable Duration resolveWithin,
        boolean digest) {}
