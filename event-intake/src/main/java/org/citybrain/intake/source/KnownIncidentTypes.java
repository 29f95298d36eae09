package org.citybrain.intake.source;

import java.util.Set;
import org.citybrain.intake.admit.IncidentTypes;
import org.springframework.stereotype.Component;

/** The incident types in memory. */
@Component
public class KnownIncidentTypes implements IncidentTypes {

    private final PostgresIncidentTypes stored;
    private volatile Set<String> current = Set.of();

    KnownIncidentTypes(PostgresIncidentTypes stored) {
        this.stored = stored;
    }

    @Override
    public Set<String> current() {
        return current;
    }

    /** Reads them anew. */
    public void refresh() {
        current = Set.copyOf(stored.list());
    }
}
