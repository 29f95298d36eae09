package org.citybrain.dispatch.command.incident;

import java.util.Collection;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.IncidentState;
import org.citybrain.dispatch.command.KnownIncident;
import org.springframework.stereotype.Component;

/** Reports go to another incident, and the labels of their sources with them. */
@Component
class MoveReports {

    /** Beyond that it takes seconds, while the incident is locked. */
    private static final int MOST_REPORTS = 20_000;

    private final PostgresIncidentReports reports;
    private final PostgresSourceLabels labels;

    MoveReports(PostgresIncidentReports reports, PostgresSourceLabels labels) {
        this.reports = reports;
        this.labels = labels;
    }

    /** @throws CommandRefused where an incident has too many reports for such a command */
    static void checkNumber(IncidentState state, CommandName command) {
        if (state.reportCount() > MOST_REPORTS) {
            throw CommandRefused.conflict(
                    "TOO_MANY_REPORTS",
                    "incident " + state.number() + " has " + state.reportCount() + " reports",
                    String.valueOf(state.reportCount()),
                    "at most " + MOST_REPORTS + " reports for a " + command.path());
        }
    }

    void moveAll(UUID from, KnownIncident to) {
        reports.moveAll(from, to.state().id());
        labels.moveAll(from, to);
    }

    void move(UUID from, KnownIncident to, Collection<UUID> some) {
        reports.move(from, to.state().id(), some);
        labels.followReports(from, to);
    }
}
