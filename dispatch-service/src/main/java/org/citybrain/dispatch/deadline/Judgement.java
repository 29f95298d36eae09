package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.WatchedTask.Deadline;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What is due of one incident's tasks at a moment: which deadlines are near, which were missed, and for which the city is alarmed again.
 * A deadline that was missed before its warning was told is told as missed alone.
 *
 * @param near deadlines of which four fifths are gone
 * @param missed deadlines that have passed
 * @param alarms tasks of the city, or such as found nobody there, that still miss a deadline, a while after the last alarm
 * @param marks what is kept of it all, one for each task that was looked at
 */
record Judgement(List<Due> near, List<Due> missed, List<WatchedTask> alarms, List<Mark> marks) {

    Judgement {
        near = List.copyOf(near);
        missed = List.copyOf(missed);
        alarms = List.copyOf(alarms);
        marks = List.copyOf(marks);
    }

    static Judgement of(WatchedIncident incident, Instant now, Duration alarmInterval) {
        List<Due> near = new ArrayList<>();
        List<Due> missed = new ArrayList<>();
        List<WatchedTask> alarms = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (WatchedTask watched : incident.tasks()) {
            TaskState task = watched.task();
            if (!task.isOpen()) {
                continue;
            }
            Judge judge = new Judge(watched, now);
            Deadline acknowledge = task.status() == TaskStatus.DISPATCHED ? watched.acknowledge() : null;
            judge.look(DeadlineKind.ACKNOWLEDGE, acknowledge, incident.isResolved());
            judge.look(DeadlineKind.RESOLVE, watched.resolve(), incident.isSettled());
            near.addAll(judge.near);
            missed.addAll(judge.missed);
            Instant alarmAt = watched.alarmAt();
            boolean alarmed = alarmAt != null && !alarmAt.isAfter(now);
            boolean stillMissed =
                    isMissed(acknowledge, incident.isResolved()) || isMissed(watched.resolve(), incident.isSettled());
            if (alarmed && stillMissed) {
                alarms.add(watched);
            }
            boolean chased = (isOfTheCity(task) && !judge.missed.isEmpty()) || (alarmed && stillMissed);
            if (!judge.isIdle() || alarmed) {
                marks.add(judge.mark(chased ? now.plus(alarmInterval) : alarmed ? null : alarmAt));
            }
        }
        return new Judgement(near, missed, alarms, marks);
    }

    /** A department of the city has the city above it. */
    static boolean isOfTheCity(TaskState task) {
        return task.tier() == Tier.CITY && task.department() == null;
    }

    private static boolean isMissed(@Nullable Deadline deadline, boolean settled) {
        return deadline != null && deadline.missed() && !settled;
    }

    List<Due> nearOf(DeadlineKind kind) {
        return near.stream().filter(due -> due.kind() == kind).toList();
    }

    List<Due> missedOf(DeadlineKind kind) {
        return missed.stream().filter(due -> due.kind() == kind).toList();
    }

    /** How often one thing was found out, by kind. */
    void count(BiConsumer<DeadlineKind, DeadlineOutcome> counter) {
        near.forEach(due -> counter.accept(due.kind(), DeadlineOutcome.NEAR));
        missed.forEach(due -> counter.accept(due.kind(), DeadlineOutcome.MISSED));
        count(mark -> mark.acknowledge().settledFor() != null, DeadlineKind.ACKNOWLEDGE, counter);
        count(mark -> mark.resolve().settledFor() != null, DeadlineKind.RESOLVE, counter);
    }

    private void count(Predicate<Mark> settled, DeadlineKind kind, BiConsumer<DeadlineKind, DeadlineOutcome> counter) {
        marks.stream().filter(settled).forEach(mark -> counter.accept(kind, DeadlineOutcome.SETTLED));
    }

    /** A deadline of a task that is near, or was missed. */
    record Due(DeadlineKind kind, TaskState task, Instant dueAt) {}

    /**
     * What is kept of a task's deadlines, each by its very moment.
     *
     * @param alarmAt when the city is to be alarmed again; absent: never
     */
    record Mark(
            TaskState task,
            KindMark acknowledge,
            KindMark resolve,
            @Nullable Instant alarmAt) {

        Mark alarmedAgain(Instant at) {
            return new Mark(task, acknowledge, resolve, at);
        }
    }

    /** The deadlines that were warned of, missed or settled now; absent where nothing new is to be kept. */
    record KindMark(
            @Nullable Instant warnedFor,
            @Nullable Instant missedFor,
            @Nullable Instant settledFor) {

        static final KindMark NONE = new KindMark(null, null, null);
    }

    /** Looks at one task. */
    private static final class Judge {

        private final WatchedTask watched;
        private final Instant now;
        private final List<Due> near = new ArrayList<>();
        private final List<Due> missed = new ArrayList<>();
        private KindMark acknowledge = KindMark.NONE;
        private KindMark resolve = KindMark.NONE;

        Judge(WatchedTask watched, Instant now) {
            this.watched = watched;
            this.now = now;
        }

        void look(DeadlineKind kind, @Nullable Deadline deadline, boolean settled) {
            if (deadline == null || deadline.over()) {
                return;
            }
            Instant dueAt = deadline.dueAt();
            if (settled) {
                boolean isDue = !(deadline.warned() ? dueAt : deadline.warnAt()).isAfter(now);
                if (isDue) {
                    keep(kind, new KindMark(null, null, dueAt));
                }
            } else if (!dueAt.isAfter(now)) {
                missed.add(new Due(kind, watched.task(), dueAt));
                keep(kind, new KindMark(dueAt, dueAt, null));
            } else if (!deadline.warned() && !deadline.warnAt().isAfter(now)) {
                near.add(new Due(kind, watched.task(), dueAt));
                keep(kind, new KindMark(dueAt, null, null));
            }
        }

        boolean isIdle() {
            return acknowledge.equals(KindMark.NONE) && resolve.equals(KindMark.NONE);
        }

        Mark mark(@Nullable Instant alarmAt) {
            return new Mark(watched.task(), acknowledge, resolve, alarmAt);
        }

        private void keep(DeadlineKind kind, KindMark mark) {
            if (kind == DeadlineKind.ACKNOWLEDGE) {
                acknowledge = mark;
            } else {
                resolve = mark;
            }
        }
    }
}
