package org.citybrain.dispatch.checkin;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A department says what it did: its task is done, and whoever whistled can rate it. */
@Component
class RecordService implements CarryOut<Serve> {

    private static final Set<TaskStatus> OPEN =
            EnumSet.complementOf(EnumSet.of(TaskStatus.COMPLETED, TaskStatus.RETURNED));

    private final PostgisCheckIns checkIns;
    private final DepartmentTasks tasks;
    private final IncidentTimeline timeline;

    RecordService(PostgisCheckIns checkIns, DepartmentTasks tasks, IncidentTimeline timeline) {
        this.checkIns = checkIns;
        this.tasks = tasks;
        this.timeline = timeline;
    }

    @Override
    public CommandName command() {
        return CommandName.SERVE;
    }

    @Override
    public Class<Serve> orders() {
        return Serve.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Serve> command) {
        CheckIn checkIn = checkIns.get(command.subject().id());
        List<String> evidence = command.order().shown();
        checkIns.serve(
                checkIn.id(),
                command.now(),
                command.person().name(),
                command.order().why(),
                evidence);
        Map<String, Object> facts = new LinkedHashMap<>(checkIn.facts());
        facts.put("evidence", evidence);
        IncidentTimeline.Line line = command.line(IncidentEventKind.SERVED, Map.of("checkIns", List.of(facts)));
        List<IncidentTimeline.Line> lines = tasks.move(
                        checkIn, OPEN, TaskStatus.COMPLETED, command.actor(), command.now())
                .map(task -> line.withTasks(List.of(task)))
                .orElse(List.of(line));
        timeline.tell(lines, command.now());
        return null;
    }
}
