package org.citybrain.dispatch.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.EscalateMissed.Escalated;
import org.citybrain.dispatch.deadline.Judgement.Due;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.jspecify.annotations.Nullable;

/** The lines that the sweep adds to one incident's timeline. */
final class DeadlineLine {

    private static final int MOST_TASKS = 500;

    private final UUID incidentId;
    private final String actor;
    private final Instant now;

    /** @param policyVersion of the routing policy that the deadlines come from */
    DeadlineLine(UUID incidentId, int policyVersion, Instant now) {
        this.incidentId = incidentId;
        this.actor = "rule:deadline@" + policyVersion;
        this.now = now;
    }

    /** A deadline of the incident itself. */
    Line ofIncident(IncidentEventKind told, DeadlineKind kind, Instant dueAt) {
        return due(told, kind, dueAt);
    }

    /** Deadlines of one kind of the incident's tasks; several lines where there are many. */
    List<Line> ofTasks(IncidentEventKind told, List<Due> dues) {
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < dues.size(); from += MOST_TASKS) {
            List<Due> some = dues.subList(from, Math.min(from + MOST_TASKS, dues.size()));
            Instant first =
                    some.stream().map(Due::dueAt).min(Instant::compareTo).orElse(now);
            lines.add(due(told, some.getFirst().kind(), first)
                    .telling("of", some.stream().map(OfTask::of).toList()));
        }
        return lines;
    }

    /** What was dispatched to the units above; none where they have it already. */
    List<Line> dispatched(String rule, int policyVersion, List<TaskState> tasks) {
        return tasks.isEmpty()
                ? List.of()
                : line(IncidentEventKind.DISPATCHED)
                        .telling("rule", rule)
                        .telling("policyVersion", policyVersion)
                        .withTasks(tasks);
    }

    Line escalated(Escalated escalated) {
        String to = escalated.to();
        return to == null ? supervised(escalated.from(), escalated.why()) : escalated(escalated, to);
    }

    /** The city, or the unit in command, is chased: somebody has to be fetched. */
    Line supervised(List<String> units, String why) {
        return line(IncidentEventKind.SUPERVISED)
                .telling("from", units)
                .telling("why", why)
                .telling("alarm", true);
    }

    Line closed(String why) {
        return line(IncidentEventKind.CLOSED).telling("why", why);
    }

    private Line escalated(Escalated escalated, String to) {
        return line(IncidentEventKind.ESCALATED)
                .telling("from", escalated.from())
                .telling("to", to)
                .telling("why", escalated.why())
                .telling("alarm", false);
    }

    /** When it was due, and when the sweep came upon it: after a stop of the system that is long after. */
    private Line due(IncidentEventKind told, DeadlineKind kind, Instant dueAt) {
        return line(told).telling("deadline", kind).telling("dueAt", dueAt).telling("foundAt", now);
    }

    private Line line(IncidentEventKind kind) {
        return Line.of(incidentId, kind, actor, null);
    }

    /** @param department whose task it is; absent for the unit's own */
    private record OfTask(
            UUID task, String unitCode, @Nullable String department, TaskRole role, Instant dueAt) {

        static OfTask of(Due due) {
            TaskState task = due.task();
            return new OfTask(
                    task.id(),
                    task.unitCode(),
                    task.department() == null ? null : task.department().code(),
                    task.role(),
                    due.dueAt());
        }
    }
}
