package org.citybrain.messages;

import java.time.Instant;
import java.util.List;

/**
 * The governance map has a new version.
 *
 * @param effectiveFrom from when it holds
 * @param unitCodes which units changed; empty where all did
 */
public record GovernanceMapChanged(long mapVersion, Instant effectiveFrom, List<String> unitCodes) {

    public GovernanceMapChanged {
        unitCodes = List.copyOf(unitCodes);
    }
}
