package org.citybrain.intake.admit;

import java.util.Optional;

/** The registered sources, as the gate needs them. Asked for every report: no call may wait. */
public interface AdmissionProfiles {
    Optional<AdmissionProfile> find(String sourceId);
}
