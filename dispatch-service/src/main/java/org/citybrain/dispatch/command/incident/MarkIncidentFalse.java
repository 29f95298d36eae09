package org.citybrain.dispatch.command.incident;

import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** There is nothing: the incident is closed, its tasks are taken back, its sources were wrong. A later report opens a new one. */
@Component
class MarkIncidentFalse implements CarryOut<Order.MarkFalse> {

    private final PostgresIncidentChanges changes;
    private final PostgresSourceLabels labels;

    MarkIncidentFalse(PostgresIncidentChanges changes, PostgresSourceLabels labels) {
        this.changes = changes;
        this.labels = labels;
    }

    @Override
    public Class<Order.MarkFalse> orders() {
        return Order.MarkFalse.class;
    }

    @Override
    public Concerned concerned(KnownIncident incident, Order.MarkFalse order, Policies policies) {
        return new Concerned(List.of(incident.state().id()), new TreeSet<>(List.of(incident.cell())));
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Order.MarkFalse> command) {
        changes.close(
                command.before(),
                command.word(IncidentEventKind.MARKED_FALSE),
                IncidentStatus.FALSE_ALARM,
                null,
                command.now());
        labels.labelReporters(command, "FALSE");
        labels.forgetMissed(command.incidentId());
        return null;
    }
}
