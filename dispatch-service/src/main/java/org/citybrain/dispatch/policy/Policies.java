package org.citybrain.dispatch.policy;

import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;

/** The policies in force at a moment, each with its version, which every decision names. */
public record Policies(
        Versioned<GradingPolicy> grading,
        Versioned<RoutingPolicy> routing,
        Versioned<CorrelationPolicy> correlation,
        Versioned<ItemCatalogue> catalogue) {

    public record Versioned<T>(int version, T document) {}
}
