package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.MustSayWhy;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * There is nothing: the incident is closed, its tasks are taken back, its sources were wrong. A later report opens a new one.
 * Levels I and II are the city's to end.
 */
@Component
class MarkIncidentFalse implements CarryOutWidely<MustSayWhy> {

    private final PostgresIncidentChanges changes;
    private final PostgresSourceLabels labels;

    MarkIncidentFalse(PostgresIncidentChanges changes, PostgresSourceLabels labels) {
        this.changes = changes;
        this.labels = labels;
    }

    @Override
    public CommandName command() {
        return CommandName.MARK_FALSE;
    }

    @Override
    public Class<MustSayWhy> orders() {
        return MustSayWhy.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, MustSayWhy order, Policies policies) {
        return Concerned.withItsCell(incident);
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MustSayWhy> command) {
        CityOnly.requireForGravest(command);
        changes.close(
                command.before(),
                command.line(IncidentEventKind.MARKED_FALSE, Map.of()),
                IncidentStatus.FALSE_ALARM,
                null,
                command.now());
        labels.labelReporters(command, "FALSE");
        labels.forgetMissed(command.incidentId());
        return null;
    }
}
