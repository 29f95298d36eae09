package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.DecideIncident;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocateReports;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.Policies.Versioned;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.Counted;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.DecidedIncident;
import org.citybrain.dispatch.rehearse.PostgresStoredReports.Whole;
import org.citybrain.dispatch.rehearse.RehearsalResult.Change;
import org.citybrain.dispatch.rehearse.RehearsalResult.CorrelationFindings;
import org.citybrain.dispatch.rehearse.RehearsalResult.ReasonCount;
import org.citybrain.dispatch.rehearse.RehearsalResult.Side;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;

/**
 * The second pass of a rehearsal of correlation: adds up the incidents that would have other reports, whole, and grades and routes them by
 * the policy versions and on the map that they were decided with.
 */
final class DecideAgain {

    private static final int INCIDENTS_AT_ONCE = 200;

    private static final Comparator<Change> SMALLEST_FIRST = Comparator.comparingInt(Change::levelsJumped)
            .thenComparingLong(Change::people)
            .thenComparing(Change::incidentId, Comparator.reverseOrder());

    private final PostgresDecidedIncidents decidedIncidents;
    private final Policies inForce;
    private final CurrentMap currentMap;
    private final Regrouped regrouped;
    private final PolicyHistory history;
    private final Course course;
    private final Tally tally = new Tally();
    private final Map<UUID, Building> building = new HashMap<>();
    private final List<Building> complete = new ArrayList<>();
    private final Set<UUID> decided = new HashSet<>();
    private final Set<UUID> countedBefore = new HashSet<>();
    private final Map<Held, Long> touchedBefore = new HashMap<>();
    private final Set<String> failures = new HashSet<>();
    private final PriorityQueue<Change> biggest = new PriorityQueue<>(SMALLEST_FIRST);
    private final double share;
    private long mergedMore;
    private long splitUp;
    private long otherReports;
    private long levelChanges;
    private long failed;

    DecideAgain(
            PostgresDecidedIncidents decidedIncidents,
            Policies inForce,
            CurrentMap currentMap,
            Regrouped regrouped,
            PolicyHistory history,
            Course course) {
        this.decidedIncidents = decidedIncidents;
        this.inForce = inForce;
        this.currentMap = currentMap;
        this.regrouped = regrouped;
        this.history = history;
        this.course = course;
        this.share = (1 - RehearseCorrelation.SHARE_OF_FIRST_PASS)
                / Math.max(1, regrouped.touched().size());
    }

    void take(Whole whole) {
        course.goOn();
        UUID after = regrouped.after(whole.reportId(), whole.incidentId());
        if (!regrouped.isTouched(after) || !regrouped.isTouched(whole.incidentId())) {
            return;
        }
        ReportReceived received = MessageJson.MAPPER.readValue(whole.report(), ReportReceived.class);
        ConsumedReport consumed = ConsumedReport.rehearsed(received);
        LocatedReport located = LocateReports.locate(consumed, currentMap.get())
                .orElseGet(() -> new LocatedReport(consumed, whole.gridCode(), null));
        Building incident = building.get(after);
        if (incident == null) {
            incident = new Building(Incident.open(located, 0), whole.incidentId());
            building.put(after, incident);
        } else {
            incident.incident().add(located);
        }
        if (regrouped.isComplete(after, incident.incident().reportCount())) {
            building.remove(after);
            complete(incident);
        }
    }

    void end() {
        building.values().forEach(this::complete);
        building.clear();
        decide();
        List<UUID> gone = new ArrayList<>();
        for (UUID touched : regrouped.touched()) {
            if (!decided.contains(touched)) {
                gone.add(touched);
            }
        }
        for (int from = 0; from < gone.size(); from += INCIDENTS_AT_ONCE) {
            takeGone(gone.subList(from, Math.min(from + INCIDENTS_AT_ONCE, gone.size())));
        }
    }

    /**
     * What the whole rehearsal has found.
     *
     * @param unknownTypes reports whose type is not known any more
     * @param begun by the system's clock of nanoseconds
     */
    RehearsalResult result(Period period, long unknownTypes, long begun) {
        // Those that are not touched stay as they are.
        for (Counted counted : decidedIncidents.count(period)) {
            long untouched = counted.incidents()
                    - touchedBefore.getOrDefault(new Held(counted.label(), counted.commandingUnit()), 0L);
            tally.addGraded(counted.label(), counted.label(), untouched);
            tally.addCommanded(
                    Replayed.tierOf(counted.commandingUnit()), Replayed.tierOf(counted.commandingUnit()), untouched);
            tally.addCommand(counted.commandingUnit(), Tally.BEFORE, untouched);
            tally.addCommand(counted.commandingUnit(), Tally.AFTER, untouched);
        }
        long changed = mergedMore + splitUp + otherReports;
        List<ReasonCount> notReplayable = new ArrayList<>();
        if (unknownTypes > 0) {
            notReplayable.add(new ReasonCount(NotReplayable.TYPE_UNKNOWN, unknownTypes));
        }
        if (failed > 0) {
            notReplayable.add(new ReasonCount(NotReplayable.RULE_FAILED, failed));
        }
        return new RehearsalResult(
                regrouped.incidentsBefore(),
                regrouped.incidentsBefore() - mergedMore - otherReports,
                changed,
                0,
                notReplayable,
                List.copyOf(failures),
                tally.matrix(),
                tally.commandMatrix(),
                tally.tasks(),
                tally.commandCentres(unit -> currentMap.get().name(unit)),
                tally.departments(),
                biggestChanges(),
                new CorrelationFindings(
                        regrouped.reports(),
                        regrouped.leftOut(),
                        regrouped.incidentsBefore(),
                        regrouped.incidentsAfter(),
                        regrouped.moved(),
                        mergedMore,
                        splitUp,
                        otherReports,
                        levelChanges),
                List.of(
                        "Tasks, also those of departments, are counted for the incidents that would have other reports, and for no others.",
                        "Distances and times are those of the candidate and of the item catalogue in force.",
                        "What people have merged, split or graded by hand counts as a change: the rules alone decide here."),
                (System.nanoTime() - begun) / 1e9);
    }

    /** The biggest first. */
    private List<Change> biggestChanges() {
        return biggest.stream().sorted(SMALLEST_FIRST.reversed()).toList();
    }

    private void complete(Building incident) {
        complete.add(incident);
        if (complete.size() >= INCIDENTS_AT_ONCE) {
            decide();
        }
    }

    private void decide() {
        Set<UUID> ids = new HashSet<>();
        for (Building incident : complete) {
            ids.add(incident.incident().id());
            ids.add(incident.openerWasOf());
        }
        Map<UUID, DecidedIncident> stored = decidedIncidents.read(ids);
        for (Building incident : complete) {
            course.goOn();
            UUID id = incident.incident().id();
            decided.add(id);
            course.advance(share);
            DecidedIncident before = stored.get(id);
            DecidedIncident opener = stored.get(incident.openerWasOf());
            try {
                compare(id, before, decision(incident.incident(), before != null ? before : opener));
            } catch (RuntimeException e) {
                failed++;
                if (failures.size() < 10) {
                    failures.add(incident.incident().type() + ": " + e.getMessage());
                }
            }
        }
        countBefore(stored, ids);
        complete.clear();
    }

    private Decision decision(Incident incident, @Nullable DecidedIncident as) {
        Policies policies = policies(as);
        GovernanceMap today = currentMap.get();
        GovernanceMap map =
                as == null ? today : currentMap.find(as.mapVersion()).orElse(today);
        return new DecideIncident(
                        map,
                        version -> map,
                        policies,
                        versions -> policies,
                        currentMap.surroundings(),
                        incident.openedAt())
                .decideWithoutPicture(incident);
    }

    /** The versions that it was decided with, those in force where one is not there any more. */
    private Policies policies(@Nullable DecidedIncident as) {
        if (as == null) {
            return inForce;
        }
        GradingPolicy grading = history.grading(as.gradingVersion());
        RoutingPolicy routing = history.routing(as.routingVersion());
        ItemCatalogue catalogue = history.catalogue(as.catalogueVersion());
        return new Policies(
                grading == null ? inForce.grading() : new Versioned<>(as.gradingVersion(), grading),
                routing == null ? inForce.routing() : new Versioned<>(as.routingVersion(), routing),
                inForce.correlation(),
                catalogue == null ? inForce.catalogue() : new Versioned<>(as.catalogueVersion(), catalogue));
    }

    private void compare(UUID id, @Nullable DecidedIncident before, Decision decision) {
        String after = decision.grade().routingRule();
        String unit = decision.route().commandingUnit();
        tally.addCommand(unit, Tally.AFTER, 1);
        for (PlannedTask task : decision.route().tasks()) {
            tally.addTasks(task.tier(), task.role(), task.department(), Tally.AFTER, 1);
        }
        GradeRecord record = GradeRecord.of(
                decision.grade(),
                decision.inputs(),
                before == null ? 0 : before.gradingVersion(),
                before == null ? 0 : before.catalogueVersion(),
                decision.mapVersion());
        Side sideAfter = new Side(after, unit, decision.route().tasks().size(), WithoutAccounts.of(record));
        if (before == null) {
            splitUp++;
        } else {
            otherReports++;
            levelChanges += before.label().equals(after) ? 0 : 1;
            tally.addGraded(before.label(), after, 1);
            tally.addCommanded(Replayed.tierOf(before.commandingUnit()), Replayed.tierOf(unit), 1);
        }
        offer(new Change(
                id,
                before == null ? null : before.number(),
                decision.incident().type(),
                before == null ? "SPLIT_UP" : "OTHER_REPORTS",
                decision.grade().peopleAffected(),
                before == null ? weight(after) : jumped(before.label(), after),
                before == null ? null : side(before),
                sideAfter));
    }

    private void takeGone(List<UUID> ids) {
        course.goOn();
        Map<UUID, DecidedIncident> stored = decidedIncidents.read(ids);
        stored.forEach((id, before) -> {
            mergedMore++;
            offer(new Change(
                    id,
                    before.number(),
                    before.type(),
                    "MERGED_MORE",
                    before.peopleAffected(),
                    weight(before.label()),
                    side(before),
                    null));
        });
        countBefore(stored, new HashSet<>(ids));
        course.advance(share * ids.size());
    }

    /** What the touched incidents were before, each once. */
    private void countBefore(Map<UUID, DecidedIncident> stored, Set<UUID> ids) {
        List<UUID> counted = new ArrayList<>();
        stored.forEach((id, before) -> {
            if (ids.contains(id) && countedBefore.add(id)) {
                counted.add(id);
                touchedBefore.merge(new Held(before.label(), before.commandingUnit()), 1L, Long::sum);
                tally.addCommand(before.commandingUnit(), Tally.BEFORE, 1);
            }
        });
        decidedIncidents.forEachTaskCount(
                counted,
                (tier, role, department, tasks) -> tally.addTasks(tier, role, department, Tally.BEFORE, tasks));
    }

    private void offer(Change change) {
        if (biggest.size() < Tally.BIGGEST_CHANGES) {
            biggest.add(change);
        } else if (SMALLEST_FIRST.compare(change, biggest.element()) > 0) {
            biggest.remove();
            biggest.add(change);
        }
    }

    private static Side side(DecidedIncident before) {
        return new Side(before.label(), before.commandingUnit(), null, WithoutAccounts.of(before.record()));
    }

    /** An incident that comes or goes is as big as its level: as a jump from no level at all. */
    private static int weight(String label) {
        if (label.startsWith("R")) {
            return 0;
        }
        return switch (Level.valueOf(label)) {
            case I -> 4;
            case II -> 3;
            case III -> 2;
            case IV -> 1;
        };
    }

    private static int jumped(String before, String after) {
        return Math.abs(weightOrScope(before) - weightOrScope(after));
    }

    private static int weightOrScope(String label) {
        return label.startsWith("R") ? Integer.parseInt(label.substring(1)) : weight(label);
    }

    /** @param openerWasOf the incident that the report which opens it was of */
    private record Building(Incident incident, UUID openerWasOf) {}

    private record Held(String label, String commandingUnit) {}
}
