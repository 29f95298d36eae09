package org.citybrain.dispatch.policy;

import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;

/** The policies that something is decided by, each with its version, which every decision names. */
public record Policies(
        Versioned<GradingPolicy> grading,
        Versioned<RoutingPolicy> routing,
        Versioned<CorrelationPolicy> correlation,
        Versioned<ItemCatalogue> catalogue) {

    public record Versioned<T>(int version, T document) {}

    public PolicyVersions versions() {
        return new PolicyVersions(grading.version(), routing.version(), correlation.version(), catalogue.version());
    }

    public CorrelatedBy correlatedBy() {
        return new CorrelatedBy(correlation, catalogue);
    }
}
