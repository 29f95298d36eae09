package org.citybrain.local.simulate.month;

import java.time.Instant;
import java.util.UUID;

/**
 * A department was called to an incident, as the line {@code WHISTLED} tells it.
 *
 * @param id of the check-in
 * @param whistledUnit the unit that whistled
 */
record Summons(UUID id, String department, String whistledUnit, Instant whistledAt, Instant dueAt) {}
