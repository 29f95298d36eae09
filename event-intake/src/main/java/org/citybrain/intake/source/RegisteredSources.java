package org.citybrain.intake.source;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citybrain.intake.admit.AdmissionProfile;
import org.citybrain.intake.admit.AdmissionProfiles;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.springframework.stereotype.Component;

/** The registered sources in memory. */
@Component
public class RegisteredSources implements AdmissionProfiles {

    private final PostgresSources stored;
    private volatile Map<String, AdmissionProfile> profiles = Map.of();

    RegisteredSources(PostgresSources stored) {
        this.stored = stored;
    }

    @Override
    public Optional<AdmissionProfile> find(String sourceId) {
        return Optional.ofNullable(profiles.get(sourceId));
    }

    /** Reads them anew. */
    public void refresh() {
        profiles = stored.list().stream()
                .collect(Collectors.toUnmodifiableMap(RegisteredSource::id, RegisteredSource::profile));
    }

    /** The units below the city that any source is registered for: their boundaries are needed. */
    public Set<UnitCode> listUnits() {
        return profiles.values().stream()
                .map(AdmissionProfile::units)
                .flatMap(units -> units.stream())
                .filter(unit -> unit.tier() != Tier.CITY)
                .collect(Collectors.toUnmodifiableSet());
    }
}
