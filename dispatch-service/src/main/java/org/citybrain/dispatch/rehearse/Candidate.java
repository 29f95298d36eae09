package org.citybrain.dispatch.rehearse;

import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.policy.ReadPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The policy version that is rehearsed: of the four documents the one of its kind.
 *
 * @param digest SHA-256 of the document
 */
record Candidate(
        PolicyKind kind,
        int version,
        String digest,
        @Nullable GradingPolicy grading,
        @Nullable RoutingPolicy routing,
        @Nullable CorrelationPolicy correlation,
        @Nullable ItemCatalogue catalogue) {

    static Candidate read(PolicyKind kind, int version, String digest, String document) {
        return new Candidate(
                kind,
                version,
                digest,
                kind == PolicyKind.GRADING ? ReadPolicy.grading(document) : null,
                kind == PolicyKind.ROUTING ? ReadPolicy.routing(document) : null,
                kind == PolicyKind.CORRELATION ? ReadPolicy.correlation(document) : null,
                kind == PolicyKind.ITEM_CATALOGUE ? ReadPolicy.catalogue(document) : null);
    }
}
