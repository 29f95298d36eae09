package org.citybrain.dispatch.command.incident;

import java.util.Map;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOutWidely;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.command.MaySayWhy;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was verified is closed; tasks that are still open are done with it. Levels I and II are the city's to close. */
@Component
class CloseIncident implements CarryOutWidely<MaySayWhy> {

    private final PostgresIncidentChanges changes;

    CloseIncident(PostgresIncidentChanges changes) {
        this.changes = changes;
    }

    @Override
    public CommandName command() {
        return CommandName.CLOSE;
    }

    @Override
    public Class<MaySayWhy> orders() {
        return MaySayWhy.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, MaySayWhy order, Policies policies) {
        return Concerned.withItsCell(incident);
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<MaySayWhy> command) {
        CityOnly.requireForGravest(command);
        changes.close(
                command.before(),
                command.line(IncidentEventKind.CLOSED, Map.of()),
                IncidentStatus.CLOSED,
                null,
                command.now());
        return null;
    }
}
