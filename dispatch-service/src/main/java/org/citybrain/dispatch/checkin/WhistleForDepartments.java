package org.citybrain.dispatch.checkin;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.access.command.CommandName;
import org.citybrain.dispatch.command.CarryOut;
import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.PostgresIncidentStatus;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.route.CallDepartments;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A grid or a street summons departments (网格吹哨): each has a check-in to make before a deadline, by the policies that the incident was
 * opened with, and a task.
 */
@Component
class WhistleForDepartments implements CarryOut<Whistle> {

    /** Whose business it is; those above them mobilise. */
    private static final Set<Tier> WHISTLERS = Set.of(Tier.GRID, Tier.STREET);

    private final PostgresDepartments departments;
    private final PostgisCheckIns checkIns;
    private final DepartmentTasks tasks;
    private final PostgresIncidentStatus incidents;
    private final PostgresPolicies policies;
    private final IncidentTimeline timeline;

    WhistleForDepartments(
            PostgresDepartments departments,
            PostgisCheckIns checkIns,
            DepartmentTasks tasks,
            PostgresIncidentStatus incidents,
            PostgresPolicies policies,
            IncidentTimeline timeline) {
        this.departments = departments;
        this.checkIns = checkIns;
        this.tasks = tasks;
        this.incidents = incidents;
        this.policies = policies;
        this.timeline = timeline;
    }

    @Override
    public CommandName command() {
        return CommandName.WHISTLE;
    }

    @Override
    public Class<Whistle> orders() {
        return Whistle.class;
    }

    @Override
    public @Nullable UUID carryOut(CommandCase<Whistle> command) {
        UnitCode whistler = whistler(command.person());
        Policies pinned = policies.of(command.before().policies());
        Duration checkInWithin = checkInWithin(command, pinned);
        List<ServingDepartment> summoned = summoned(command);

        List<Map<String, Object>> told = new ArrayList<>();
        List<TaskState> dispatched = new ArrayList<>();
        for (ServingDepartment department : summoned) {
            CheckIn checkIn = checkIn(command, department, whistler, checkInWithin, pinned);
            checkIns.insert(checkIn);
            told.add(facts(checkIn, pinned));
            PlannedTask planned = CallDepartments.summon(
                    command.before().routingRule(),
                    department.department(),
                    department.unitCode(),
                    checkInWithin,
                    pinned.routing().document());
            tasks.summon(checkIn, planned, command.actor()).ifPresent(dispatched::add);
        }
        incidents.move(command.incidentId(), command.before().state().status(), command.now());
        IncidentTimeline.Line line = command.line(IncidentEventKind.WHISTLED, Map.of("checkIns", told));
        timeline.tell(dispatched.isEmpty() ? List.of(line) : line.withTasks(dispatched), command.now());
        return null;
    }

    private static UnitCode whistler(Person person) {
        UnitCode unit = person.unit();
        if (unit == null || !WHISTLERS.contains(unit.tier())) {
            throw CommandRefused.forbidden(
                    "NOT_A_WHISTLER",
                    "unit " + unit + " does not whistle",
                    String.valueOf(unit),
                    "somebody of a grid or a street");
        }
        return unit;
    }

    private static Duration checkInWithin(CommandCase<Whistle> command, Policies pinned) {
        Duration usual = pinned.routing()
                .document()
                .whistling()
                .checkInWithin(command.before().routingRule());
        Integer given = command.order().checkInWithinMinutes();
        if (given != null && given < usual.toMinutes()) {
            throw CommandRefused.badBody(
                    "checkInWithinMinutes",
                    given.toString(),
                    "not less than the policy gives, " + usual.toMinutes() + ", and at most " + Whistle.MOST_MINUTES);
        }
        return given == null ? usual : Duration.ofMinutes(given);
    }

    /** In the order in which they were named. */
    private List<ServingDepartment> summoned(CommandCase<Whistle> command) {
        List<String> codes = command.order().summoned();
        Map<String, ServingDepartment> known = departments.list(codes).stream()
                .collect(Collectors.toMap(department -> department.department().code(), department -> department));
        for (String code : codes) {
            ServingDepartment department = known.get(code);
            // Whatever the incident touches or was dispatched to, all units above it are among those that see it.
            if (department == null || !command.before().visibleTo().contains(department.unitCode())) {
                throw CommandRefused.badBody(
                        "departments", code, "codes of departments that serve a unit of the incident");
            }
        }
        List<CheckIn> unfinished = checkIns.listUnfinished(command.incidentId(), codes);
        if (!unfinished.isEmpty()) {
            CheckIn first = unfinished.getFirst();
            throw CommandRefused.conflict(
                    "ALREADY_SUMMONED",
                    "department " + first.department().code() + " is " + first.status() + " by check-in " + first.id(),
                    first.department().code(),
                    "departments that are not summoned, or whose service was rated");
        }
        return codes.stream().map(known::get).toList();
    }

    private CheckIn checkIn(
            CommandCase<Whistle> command,
            ServingDepartment department,
            UnitCode whistler,
            Duration checkInWithin,
            Policies pinned) {
        String code = department.department().code();
        int round = checkIns.countRounds(command.incidentId(), code) + 1;
        // To the microsecond, as the database keeps it: the log and the state say the same.
        Instant whistledAt = command.now().truncatedTo(ChronoUnit.MICROS);
        Instant due = whistledAt.plus(checkInWithin);
        var whistling = pinned.routing().document().whistling();
        return new CheckIn(
                IncidentId.ofCheckIn(command.incidentId(), code, round),
                command.incidentId(),
                round,
                1,
                CheckInStatus.SUMMONED,
                department.department(),
                department.unitCode(),
                IncidentId.ofTask(command.incidentId(), department.unitCode(), code),
                whistledAt,
                command.person().name(),
                command.person().is(Role.OPERATOR) ? Role.OPERATOR : Role.GRID_WORKER,
                whistler.digits(),
                command.order().why(),
                due,
                due.plus(whistling.absentAfter()),
                whistling.surroundings(),
                command.actor());
    }

    private static Map<String, Object> facts(CheckIn checkIn, Policies pinned) {
        Map<String, Object> facts = new LinkedHashMap<>(checkIn.facts());
        facts.put("round", checkIn.round());
        facts.put("dueAt", checkIn.dueAt());
        facts.put("absentFrom", checkIn.absentFrom());
        facts.put("policyVersion", pinned.routing().version());
        facts.put("points", pinned.routing().document().whistling().scoring());
        return facts;
    }
}
