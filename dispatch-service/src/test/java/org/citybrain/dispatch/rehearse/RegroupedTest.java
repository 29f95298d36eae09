package org.citybrain.dispatch.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RegroupedTest {

    @Test
    void an_incident_that_two_opened_and_a_person_merged_counts_once() {
        Regrouped regrouped = new Regrouped();
        UUID merged = UUID.randomUUID();
        regrouped.report(UUID.randomUUID(), merged, merged, true, true);
        regrouped.report(UUID.randomUUID(), merged, UUID.randomUUID(), true, true);

        assertThat(regrouped.incidentsBefore()).isEqualTo(1);
        assertThat(regrouped.incidentsAfter()).isEqualTo(2);
    }
}
