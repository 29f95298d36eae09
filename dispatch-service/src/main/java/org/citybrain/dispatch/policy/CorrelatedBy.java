package org.citybrain.dispatch.policy;

import org.citybrain.dispatch.policy.Policies.Versioned;

/** The two policies that say which reports an incident takes in: those that it was opened with, for as long as it takes any. */
public record CorrelatedBy(Versioned<CorrelationPolicy> correlation, Versioned<ItemCatalogue> catalogue) {

    /** Whether an incident that was opened with these versions is correlated by this pair. */
    public boolean isOf(PolicyVersions versions) {
        return correlation.version() == versions.correlation() && catalogue.version() == versions.catalogue();
    }
}
