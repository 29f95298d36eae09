package org.citybrain.dispatch.checkin;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.PostgisDistance;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A department checks in (部门报到): in time or late, in the incident's surroundings or, which is flagged, outside of them. With it, it has
 * acknowledged its task and begun to work.
 */
@Component
class RecordPresence implements CarryOut<ReportPresence> {

    /** How far a clock may be ahead of this one. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private static final Set<TaskStatus> NOT_BEGUN = EnumSet.of(TaskStatus.DISPATCHED, TaskStatus.ACKNOWLEDGED);

    private final PostgisCheckIns checkIns;
    private final PostgisDistance distances;
    private final DepartmentTasks tasks;
    private final IncidentTimeline timeline;

    RecordPresence(
            PostgisCheckIns checkIns, PostgisDistance distances, DepartmentTasks tasks, IncidentTimeline timeline) {
        this.checkIns = checkIns;
        this.distances = distances;
        this.tasks = tasks;
        this.timeline = timeline;
    }

    @Override
    public CommandName command() {
        return CommandName.CHECK_IN_DEPARTMENT;
    }

    @Override
    public Class<ReportPresence> orders() {
        return ReportPresence.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<ReportPresence> command) {
        CheckIn checkIn = checkIns.get(command.subject().id());
        Instant at = at(command, checkIn).truncatedTo(ChronoUnit.MICROS);
        Position place = command.order().position();
        double distance = distances.meters(checkIn.incidentId(), place);
        boolean outside = distance > checkIn.surroundingsMeters();

        checkIns.checkIn(checkIn.id(), at, command.person().name(), place, distance, outside);
        Map<String, Object> facts = new LinkedHashMap<>(checkIn.facts());
        facts.put("at", at);
        facts.put("late", at.isAfter(checkIn.dueAt()));
        facts.put("location", place);
        facts.put("metersAway", Math.round(distance));
        facts.put("outsideSurroundings", outside);
        IncidentTimeline.Line line = command.line(IncidentEventKind.CHECKED_IN, Map.of("checkIns", List.of(facts)));
        List<IncidentTimeline.Line> lines = tasks.move(
                        checkIn, NOT_BEGUN, TaskStatus.IN_PROGRESS, command.actor(), command.now())
                .map(task -> line.withTasks(List.of(task)))
                .orElse(List.of(line));
        timeline.tell(lines, command.now());
        return null;
    }

    private static Instant at(CommandCase<ReportPresence> command, CheckIn checkIn) {
        Instant said = command.order().at();
        if (said == null) {
            // Whistle and check-in may have come to two instances, whose clocks differ a little.
            return command.now().isBefore(checkIn.whistledAt()) ? checkIn.whistledAt() : command.now();
        }
        if (said.isBefore(checkIn.whistledAt()) || said.isAfter(command.now().plus(CLOCK_TOLERANCE))) {
            throw CommandRefused.badBody(
                    "at", said.toString(), "a time from the whistle, " + checkIn.whistledAt() + ", until now");
        }
        return said;
    }
}
