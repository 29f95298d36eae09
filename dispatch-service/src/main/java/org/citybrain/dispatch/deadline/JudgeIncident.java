package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.EscalateMissed.Escalated;
import org.citybrain.dispatch.deadline.Judgement.Due;
import org.citybrain.dispatch.deadline.Judgement.Mark;
import org.citybrain.dispatch.locate.OnDuty;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.ResolveWithin;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.dispatch.store.PlanTasks;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Decides for one incident what its due deadlines bring about: lines, tasks for the units above, marks. A plain function of a moment. */
final class JudgeIncident {

    private static final List<DeadlineKind> KINDS = List.of(DeadlineKind.ACKNOWLEDGE, DeadlineKind.RESOLVE);

    private final OnDuty onDuty;
    private final ResolveWithin resolveWithin;
    private final Instant now;
    private final Duration alarmInterval;

    JudgeIncident(OnDuty onDuty, ResolveWithin resolveWithin, Instant now, Duration alarmInterval) {
        this.onDuty = onDuty;
        this.resolveWithin = resolveWithin;
        this.now = now;
        this.alarmInterval = alarmInterval;
    }

    /** @param policies that the incident was opened with */
    SweptIncident judge(WatchedIncident incident, Policies policies, DeadlineMeters.Counted counted) {
        Judgement judgement = Judgement.of(incident, now, alarmInterval);
        judgement.count(counted::add);
        DeadlineLine line = new DeadlineLine(incident.id(), policies.routing().version(), now);
        List<Line> lines = new ArrayList<>();
        for (DeadlineKind kind : KINDS) {
            lines.addAll(line.ofTasks(IncidentEventKind.DEADLINE_MISSED, judgement.missedOf(kind)));
        }
        Upwards upwards = escalate(incident, judgement.missed(), policies, line, lines, counted);
        if (!judgement.alarms().isEmpty()) {
            counted.add(DeadlineKind.ACKNOWLEDGE, DeadlineOutcome.SUPERVISED);
            lines.add(line.supervised(citiesOf(judgement.alarms()), "what was missed is missed still"));
        }
        for (DeadlineKind kind : KINDS) {
            lines.addAll(line.ofTasks(IncidentEventKind.DEADLINE_NEAR, judgement.nearOf(kind)));
        }
        List<Mark> marks = judgement.marks().stream()
                .map(mark -> upwards.chased().contains(handler(mark.task()))
                        ? mark.alarmedAgain(now.plus(alarmInterval))
                        : mark)
                .toList();
        return new SweptIncident(incident.id(), lines, upwards.added(), upwards.changed(), marks);
    }

    private Upwards escalate(
            WatchedIncident incident,
            List<Due> missed,
            Policies policies,
            DeadlineLine line,
            List<Line> lines,
            DeadlineMeters.Counted counted) {
        if (missed.isEmpty()) {
            return new Upwards(List.of(), List.of(), Set.of());
        }
        var routing = policies.routing();
        Set<String> unattended = onDuty.unattended(EscalateMissed.unitsOf(missed));
        EscalateMissed.Result result = EscalateMissed.escalate(incident, missed, unattended, routing.document());
        List<PlannedTask> plans = resolveWithin.counted(result.plans(), incident.rule(), routing.document());
        PlanTasks tasks = new PlanTasks(
                incident.id(), incident.tasks().stream().map(WatchedTask::task).toList(), plans, incident.board(), now);
        List<TaskState> changed = new ArrayList<>(tasks.changed());
        changed.addAll(askedAgain(incident, plans));
        List<TaskState> dispatched = new ArrayList<>(tasks.added());
        dispatched.addAll(changed);
        lines.addAll(line.dispatched(incident.rule(), routing.version(), dispatched));
        DeadlineKind kind = missed.getFirst().kind();
        for (Escalated escalated : result.escalated()) {
            counted.add(kind, escalated.to() == null ? DeadlineOutcome.SUPERVISED : DeadlineOutcome.ESCALATED);
            lines.add(line.escalated(escalated));
        }
        // While the city has a task of its own that is open, it is chased by that one's deadlines.
        return new Upwards(tasks.added(), changed, isOpenInTheCity(incident) ? Set.of() : result.foundNobody());
    }

    /** Tasks that were closed before the incident was reopened, and whose units have it again now. */
    private List<TaskState> askedAgain(WatchedIncident incident, List<PlannedTask> plans) {
        List<TaskState> again = new ArrayList<>();
        for (WatchedTask watched : incident.tasks()) {
            TaskState task = watched.task();
            if (watched.closedBeforeReopening() && task.department() == null && task.role() != TaskRole.NOTIFY) {
                plans.stream()
                        .filter(plan -> plan.unitCode().equals(task.unitCode()))
                        .map(plan -> task.changed(
                                plan.role(),
                                TaskStatus.DISPATCHED,
                                due(plan.acknowledgeWithin()),
                                due(plan.resolveWithin()),
                                plan.digest()))
                        .forEach(again::add);
            }
        }
        return again;
    }

    private @Nullable Instant due(@Nullable Duration within) {
        return within == null ? null : now.plus(within);
    }

    private static boolean isOpenInTheCity(WatchedIncident incident) {
        return incident.tasks().stream()
                .map(WatchedTask::task)
                .anyMatch(task -> Judgement.isOfTheCity(task) && task.role() != TaskRole.NOTIFY && task.isOpen());
    }

    private static String handler(TaskState task) {
        return task.department() == null ? task.unitCode() : task.department().code();
    }

    private static List<String> citiesOf(List<WatchedTask> tasks) {
        return tasks.stream()
                .map(watched ->
                        new UnitCode(watched.task().unitCode()).at(Tier.CITY).digits())
                .distinct()
                .toList();
    }

    /**
     * What goes up.
     *
     * @param chased codes of units and departments that missed something, for which there is nobody in the city either
     */
    private record Upwards(List<TaskState> added, List<TaskState> changed, Set<String> chased) {}
}
