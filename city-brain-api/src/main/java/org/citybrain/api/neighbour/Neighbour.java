package org.citybrain.api.neighbour;

import java.net.URI;
import org.citybrain.api.problem.ProblemReason;

/** A service of which a page asks something. */
enum Neighbour {
    GRID_SERVICE("grid-service", ProblemReason.GRID_UNREACHABLE) {
        @Override
        URI url(NeighbourSettings settings) {
            return settings.gridUrl();
        }
    },
    EVENT_INTAKE("event-intake", ProblemReason.INTAKE_UNREACHABLE) {
        @Override
        URI url(NeighbourSettings settings) {
            return settings.intakeUrl();
        }
    };

    private final String title;
    private final ProblemReason unreachable;

    Neighbour(String title, ProblemReason unreachable) {
        this.title = title;
        this.unreachable = unreachable;
    }

    abstract URI url(NeighbourSettings settings);

    ProblemReason unreachable() {
        return unreachable;
    }

    @Override
    public String toString() {
        return title;
    }
}
