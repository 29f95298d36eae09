package org.citybrain.api.unit;

import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the one chain.
 *
 * @param code 2, 6, 9, 12, 15 or 17 digits
 * @param name as it was at the moment that the answer is about; null where the map did not know the unit then
 */
public record GovernanceUnit(String code, @Nullable String name, Tier tier) {}
