package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that somebody was given, as {@code task-changed} tells it.
 *
 * @param department whose task it is; absent for the unit's own
 */
record GivenTask(
        UUID id, String unit, @Nullable String department, String role, Instant acknowledgeBy, Instant resolveBy) {}
