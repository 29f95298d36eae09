package org.citybrain.intake.source;

import java.time.Instant;
import org.citybrain.intake.admit.AdmissionProfile;

/**
 * A gateway that may report.
 *
 * @param profile what it may report
 * @param registeredAt when it was first registered
 */
record RegisteredSource(
        String id,
        String description,
        AdmissionProfile profile,
        Provenance provenance,
        Instant registeredAt,
        Instant updatedAt) {

    enum Provenance {
        /** Belongs to the demo city. */
        SYNTHETIC,
        REGISTERED
    }
}
