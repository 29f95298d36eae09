package org.citybrain.dispatch.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.dispatch.policy-…}.
 *
 * @param policyRefresh how often the policies are looked up again. 5 s
 * @param policyLead how long after its approval a policy comes into force at the earliest: by then every instance has looked it up, so
 *     all change over at the same moment. 15 s
 */
@ConfigurationProperties("city-brain.dispatch")
record PolicySettings(
        @DefaultValue("5s") Duration policyRefresh,
        @DefaultValue("15s") Duration policyLead) {

    PolicySettings {
        if (!policyRefresh.isPositive() || policyLead.isNegative()) {
            throw new IllegalArgumentException("city-brain.dispatch.policy-refresh is " + policyRefresh
                    + ", policy-lead " + policyLead + ": expected more than nothing, and nothing or more");
        }
    }
}
