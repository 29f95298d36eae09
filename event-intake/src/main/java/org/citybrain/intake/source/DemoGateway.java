package org.citybrain.intake.source;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.intake.IntakeSettings;
import org.citybrain.intake.admit.AdmissionProfile;
import org.citybrain.intake.key.DemoKey;
import org.citybrain.intake.source.RegisteredSource.Provenance;
import org.citybrain.messages.Datum;
import org.citybrain.messages.UnitCode;
import org.springframework.stereotype.Component;

/** The source {@code demo-gateway} of the demo city: registered for every type of the catalogue, also for later ones. */
@Component
public class DemoGateway {

    static final String ID = "demo-gateway";

    private static final UnitCode CITY = new UnitCode("50");
    private static final int REPORTS_PER_SECOND = 50_000;

    private final boolean isWanted;
    private final PostgresSources sources;
    private final DemoKey key;
    private final Clock clock;

    DemoGateway(IntakeSettings settings, PostgresSources sources, DemoKey key, Clock clock) {
        this.isWanted = settings.demoSources();
        this.sources = sources;
        this.key = key;
        this.clock = clock;
    }

    /** Registers it, where it is wanted and not yet registered for these types, and makes sure of its key. */
    public void register(Set<String> types) {
        if (!isWanted || types.isEmpty()) {
            return;
        }
        var profile = new AdmissionProfile(
                types, EnumSet.allOf(Datum.class), List.of(CITY), Duration.ofMinutes(2), REPORTS_PER_SECOND);
        Optional<RegisteredSource> registered = sources.find(ID);
        if (registered.isEmpty() || !registered.get().profile().equals(profile)) {
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            sources.save(
                    new RegisteredSource(ID, "All sensors of the demo city", profile, Provenance.SYNTHETIC, now, now));
        }
        key.ensure(ID);
    }
}
