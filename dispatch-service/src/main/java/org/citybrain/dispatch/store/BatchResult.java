package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.List;
import org.citybrain.dispatch.policy.Policies;

/**
 * All that a batch has come to.
 *
 * @param settlements one for each record
 * @param policies in force when all locks were held: what new incidents are decided by
 * @param decisions one for each incident that was opened or has taken in a report
 */
public record BatchResult(
        List<Settlement> settlements, List<Decision> decisions, Policies policies, Instant decidedAt) {

    public BatchResult {
        settlements = List.copyOf(settlements);
        decisions = List.copyOf(decisions);
    }
}
