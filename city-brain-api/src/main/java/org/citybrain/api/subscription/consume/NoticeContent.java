package org.citybrain.api.subscription.consume;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.messages.Department;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/** What a notice tells: what happened, to which incident, and the task where it is about one. Absent values are left out. */
record NoticeContent(
        NoticeEvent event,
        Instant happenedAt,
        @Nullable String actor,
        @Nullable String why,
        About incident,
        @Nullable ToDo task) {

    static NoticeContent of(Happening happening, IncidentTold incident) {
        return new NoticeContent(
                happening.event(),
                happening.at(),
                happening.actor(),
                happening.why(),
                new About(
                        incident.id(),
                        incident.number(),
                        incident.type(),
                        incident.category(),
                        incident.status(),
                        incident.version(),
                        incident.level(),
                        incident.scope(),
                        incident.openedAt(),
                        incident.location(),
                        incident.gridCode(),
                        incident.commandingUnit(),
                        incident.peopleAffected()),
                happening.task() == null
                        ? null
                        : new ToDo(
                                happening.task().id(),
                                happening.task().tier(),
                                happening.task().unitCode(),
                                happening.task().role(),
                                happening.task().acknowledgeBy(),
                                happening.task().resolveBy(),
                                happening.task().department()));
    }

    /** The incident as it is when the notice is made. */
    record About(
            UUID id,
            String number,
            String type,
            IncidentCategory category,
            IncidentStatus status,
            int version,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            Instant openedAt,
            Position location,
            String gridCode,
            String commandingUnit,
            long peopleAffected) {}

    /** What the unit is to do. */
    record ToDo(
            UUID id,
            Tier tier,
            String unitCode,
            TaskRole role,
            @Nullable Instant acknowledgeBy,
            @Nullable Instant resolveBy,
            @Nullable Department department) {}
}
