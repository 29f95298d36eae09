package org.citybrain.api.change;

import java.time.Clock;
import java.util.List;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.Page;
import org.citybrain.api.task.MyTasksFilter;
import org.citybrain.api.task.Task;
import org.citybrain.api.task.TaskQueries;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Says what somebody has missed. */
@Component
class ListChanges {

    private final TimelineQueries timeline;
    private final ChangeQueries changes;
    private final TaskQueries tasks;
    private final ChangeSettings settings;
    private final Clock clock;

    ListChanges(
            TimelineQueries timeline, ChangeQueries changes, TaskQueries tasks, ChangeSettings settings, Clock clock) {
        this.timeline = timeline;
        this.changes = changes;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /** The person's own open tasks, those first that run out first, and the cursor of this moment. In one snapshot. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Changes begin(Person person, int limit) {
        ChangeCursor head = timeline.head();
        Page<Task> page = tasks.list(MyTasksFilter.open(person, limit));
        List<Change> mine = page.items().stream()
                .map(task -> new Change(Change.Kind.TASK, task.id(), task.version(), false, task, null, null))
                .toList();
        return new Changes(mine, GivenCursor.of(head, person).toString(), false, page.nextCursor());
    }

    /** What has changed since, in one snapshot: the end of the stretch and the states in it are of the same moment. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Changes list(Person person, GivenCursor given, int limit) {
        if (!given.isFor(person)) {
            throw gone("was given out for another unit or department");
        }
        ChangeCursor since = given.place();
        if (since.isOlderThan(settings.oldestCursor(), clock.instant())) {
            throw gone("was given out on " + since.givenAt() + ", more than "
                    + settings.oldestCursor().toDays() + " days ago");
        }
        TimelineQueries.Window window = timeline.window(since, settings.mostLines());
        if (!window.full() && !timeline.isKnown(since)) {
            throw gone("lies after all that this database knows");
        }
        List<ChangeQueries.Told> told = changes.list(since, window.end(), limit + 1);
        boolean cut = told.size() > limit;
        List<ChangeQueries.Told> page = cut ? told.subList(0, limit) : told;
        ChangeCursor next = cut ? page.getLast().place() : window.end();
        return new Changes(
                page.stream().map(ChangeQueries.Told::change).toList(),
                GivenCursor.of(next, person).toString(),
                cut || window.full(),
                null);
    }

    private static RuntimeException gone(String why) {
        return Problem.of(
                ProblemReason.CURSOR_TOO_OLD,
                "the cursor " + why + ": expected a newer one; drop what you hold and begin anew, without 'since'",
                null);
    }
}
