package org.citybrain.api.subscription.consume;

import java.util.List;
import java.util.Objects;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.api.subscription.Subscription;
import org.citybrain.messages.TaskChanged;
import org.jspecify.annotations.Nullable;

/** Decides who is told. */
final class MatchSubscriptions {

    private MatchSubscriptions() {}

    /** Those of the subscriptions that asked for this. What happened before they asked, they are not told. */
    static List<Subscription> match(Happening happening, IncidentTold incident, List<Subscription> subscriptions) {
        return subscriptions.stream()
                .filter(subscription -> subscription.events().contains(happening.event())
                        && !happening.at().isBefore(subscription.createdAt())
                        && incident.visibleTo().contains(subscription.reach())
                        && isOfLevel(subscription, incident)
                        && (subscription.types().isEmpty()
                                || subscription.types().contains(incident.type()))
                        && isOfUnits(subscription, happening, incident))
                .toList();
    }

    private static boolean isOfLevel(Subscription subscription, IncidentTold incident) {
        return (subscription.levels().isEmpty() && subscription.scopes().isEmpty())
                || (incident.level() != null && subscription.levels().contains(incident.level()))
                || (incident.scope() != null && subscription.scopes().contains(incident.scope()));
    }

    /** A dispatch is told to the very unit, or to the department that is called there; all else to whom it lies within. */
    private static boolean isOfUnits(Subscription subscription, Happening happening, IncidentTold incident) {
        TaskChanged task = happening.task();
        if (happening.event() != NoticeEvent.DISPATCHED_TO_UNIT || task == null) {
            return subscription.units().stream().anyMatch(incident.visibleTo()::contains);
        }
        return subscription.units().contains(task.unitCode())
                && Objects.equals(subscription.department(), department(task));
    }

    private static @Nullable String department(TaskChanged task) {
        return task.department() == null ? null : task.department().code();
    }
}
