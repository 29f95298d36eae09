package org.citybrain.dispatch.command;

import java.util.UUID;
import org.citybrain.access.command.SubjectKind;

/**
 * What a command is on: the incident itself, one of its tasks, one of its check-ins.
 *
 * @param name for messages, such as {@code incident 20260701-000017}
 * @param version that {@code If-Match} names, and the {@code ETag} answers
 * @param changedBy who or which rule brought it to this version
 * @param state what it is now, as answers and refusals show it
 */
public record Subject(
        UUID incidentId, SubjectKind kind, UUID id, String name, int version, String changedBy, Object state) {

    public static Subject of(KnownIncident incident) {
        IncidentState state = incident.state();
        return new Subject(
                state.id(),
                SubjectKind.INCIDENT,
                state.id(),
                "incident " + state.number(),
                state.version(),
                state.changedBy(),
                state);
    }
}
