package org.citybrain.dispatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTermsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void incidents_are_looked_for_by_what_begins_within_the_hour_and_not_by_what_begins_later() {
        PolicyTerms terms = new PolicyTerms(
                Map.of(
                        PolicyKind.CORRELATION,
                        List.of(correlation(1, NOW.minus(Duration.ofDays(9))), correlation(2, NOW.plusSeconds(7200))),
                        PolicyKind.ITEM_CATALOGUE,
                        List.of(new PolicyTerm(
                                PolicyKind.ITEM_CATALOGUE,
                                1,
                                NOW.minus(Duration.ofDays(9)),
                                "digest",
                                SeededPolicies.catalogue()))),
                Map.of());

        assertThat(terms.correlating(NOW)).hasSize(1);
        assertThat(terms.correlating(NOW.plusSeconds(3600))).hasSize(2);
        assertThat(terms.correlating(NOW.plusSeconds(7201))).hasSize(2);
    }

    private static PolicyTerm correlation(int version, Instant from) {
        return new PolicyTerm(PolicyKind.CORRELATION, version, from, "digest", SeededPolicies.correlation());
    }
}
