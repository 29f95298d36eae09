package org.citybrain.dispatch.policy.check;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a policy must go together with: the others that are in force when it comes into force.
 *
 * @param usedTypes of these incident types those that are still used, and by what
 */
public record OtherPolicies(
        InForce catalogue,
        InForce grading,
        InForce correlation,
        Function<Collection<String>, Map<String, String>> usedTypes) {

    /** A version that is in force, with its document. */
    public record InForce(int version, JsonNode document) {}
}
