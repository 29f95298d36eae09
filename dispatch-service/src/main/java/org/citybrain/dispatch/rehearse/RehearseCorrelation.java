package org.citybrain.dispatch.rehearse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.DecideIncident;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocateReports;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.Policies.Versioned;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.Counted;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.DecidedIncident;
import org.citybrain.dispatch.rehearse.PostgresStoredReports.Placed;
import org.citybrain.dispatch.rehearse.PostgresStoredReports.Whole;
import org.citybrain.dispatch.rehearse.RehearsalResult.Change;
import org.citybrain.dispatch.rehearse.RehearsalResult.CorrelationFindings;
import org.citybrain.dispatch.rehearse.RehearsalResult.ReasonCount;
import org.citybrain.dispatch.rehearse.RehearsalResult.Side;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rehearses a correlation policy, in two passes over the reports of a period in the order of their receipt. The first puts them together
 * again by place, type and time alone and notes which incidents would have other reports. The second adds up only those, whole, and grades
 * and routes them by the policy versions and on the map that they were decided with.
 */
@Component
class RehearseCorrelation {

    /** As many as a batch from Kafka has. */
    private static final int BATCH = 500;

    private static final int BATCHES_BETWEEN_FORGETTING = 40;
    private static final int INCIDENTS_AT_ONCE = 200;

    /** The first pass reads less and the second decides more. */
    private static final double SHARE_OF_FIRST_PASS = 0.5;

    private final PostgresStoredReports storedReports;
    private final PostgresDecidedIncidents decidedIncidents;
    private final PostgresPolicies currentPolicies;
    private final CurrentMap currentMap;

    RehearseCorrelation(
            PostgresStoredReports storedReports,
            PostgresDecidedIncidents decidedIncidents,
            PostgresPolicies currentPolicies,
            CurrentMap currentMap) {
        this.storedReports = storedReports;
        this.decidedIncidents = decidedIncidents;
        this.currentPolicies = currentPolicies;
        this.currentMap = currentMap;
    }

    RehearsalResult rehearse(Candidate candidate, PolicyHistory history, Period period, Course course) {
        if (candidate.correlation() == null) {
            throw new IllegalArgumentException(candidate.kind() + ": expected a correlation policy");
        }
        long begun = System.nanoTime();
        try (PostgresStoredReports.Reading reports = storedReports.open(period)) {
            double share = SHARE_OF_FIRST_PASS / Math.max(1, reports.count());
            PutTogether putTogether = new PutTogether(candidate.correlation(), period, share, course);
            reports.forEach(putTogether::take);
            putTogether.end();
            Regrouped regrouped = putTogether.regrouped;
            DecideAgain decideAgain = new DecideAgain(regrouped, history, course);
            reports.forEachOf(regrouped.touched(), decideAgain::take);
            decideAgain.end();
            course.advance(1 - course.progress());
            return result(regrouped, decideAgain, putTogether.unknownTypes, period, begun);
        }
    }

    private RehearsalResult result(
            Regrouped regrouped, DecideAgain again, long unknownTypes, Period period, long begun) {
        // Those that are not touched stay as they are.
        for (Counted counted : decidedIncidents.count(period)) {
            long untouched = counted.incidents()
                    - again.touchedBefore.getOrDefault(new Held(counted.label(), counted.commandingUnit()), 0L);
            again.tally.addGraded(counted.label(), counted.label(), untouched);
            again.tally.addCommanded(
                    Replayed.tierOf(counted.commandingUnit()), Replayed.tierOf(counted.commandingUnit()), untouched);
            again.tally.addCommand(counted.commandingUnit(), Tally.BEFORE, untouched);
            again.tally.addCommand(counted.commandingUnit(), Tally.AFTER, untouched);
        }
        long changed = again.mergedMore + again.splitUp + again.otherReports;
        List<ReasonCount> notReplayable = new ArrayList<>();
        if (unknownTypes > 0) {
            notReplayable.add(new ReasonCount(NotReplayable.TYPE_UNKNOWN, unknownTypes));
        }
        if (again.failed > 0) {
            notReplayable.add(new ReasonCount(NotReplayable.RULE_FAILED, again.failed));
        }
        return new RehearsalResult(
                regrouped.incidentsBefore(),
                regrouped.incidentsBefore() - again.mergedMore - again.otherReports,
                changed,
                0,
                notReplayable,
                List.copyOf(again.failures),
                again.tally.matrix(),
                again.tally.commandMatrix(),
                again.tally.tasks(),
                again.tally.commandCentres(unit -> currentMap.get().name(unit)),
                again.biggestChanges(),
                new CorrelationFindings(
                        regrouped.reports(),
                        regrouped.leftOut(),
                        regrouped.incidentsBefore(),
                        regrouped.incidentsAfter(),
                        regrouped.moved(),
                        again.mergedMore,
                        again.splitUp,
                        again.otherReports,
                        again.levelChanges),
                List.of(
                        "Tasks are counted for the incidents that would have other reports, and for no others.",
                        "Distances and times are those of the candidate and of the item catalogue in force.",
                        "What people have merged, split or graded by hand counts as a change: the rules alone decide here."),
                (System.nanoTime() - begun) / 1e9);
    }

    private record Held(String label, String commandingUnit) {}

    /** The first pass. */
    private final class PutTogether {

        private final Regrouped regrouped = new Regrouped();
        private final CorrelateReports correlateReports;
        private final ItemCatalogue catalogue;
        private final IncidentsInMemory incidents;
        private final Period period;
        private final double share;
        private final Course course;
        private final Map<UUID, Placed> batch = new LinkedHashMap<>();
        private int batches;
        private long unknownTypes;

        PutTogether(CorrelationPolicy policy, Period period, double share, Course course) {
            this.catalogue = currentPolicies.current().catalogue().document();
            this.correlateReports = new CorrelateReports(policy, catalogue);
            this.incidents = new IncidentsInMemory(widest(policy));
            this.period = period;
            this.share = share;
            this.course = course;
        }

        private Duration widest(CorrelationPolicy policy) {
            Duration widest = Duration.ZERO;
            for (ItemCatalogue.Item item : catalogue.all()) {
                Duration window = policy.nearness(item).window();
                widest = window.compareTo(widest) > 0 ? window : widest;
            }
            return widest;
        }

        void take(Placed report) {
            course.goOn();
            if (isOfEarlierIncident(report)) {
                regrouped.leaveOut();
            } else if (catalogue.find(report.type()).isEmpty()) {
                unknownTypes++;
            } else {
                batch.put(report.reportId(), report);
            }
            if (batch.size() >= BATCH) {
                putTogether();
            }
        }

        /** An id begins with the millisecond in which its incident was opened. */
        private boolean isOfEarlierIncident(Placed report) {
            return period.from() != null
                    && (report.incidentId().getMostSignificantBits() >>> 16)
                            < period.from().toEpochMilli();
        }

        void end() {
            putTogether();
            incidents.forgetAll(incident -> regrouped.complete(incident.id(), incident.reportCount()));
        }

        private void putTogether() {
            if (batch.isEmpty()) {
                return;
            }
            List<LocatedReport> located = new ArrayList<>(batch.size());
            List<UUID> opened = new ArrayList<>();
            Instant now = Instant.EPOCH;
            for (Placed report : batch.values()) {
                located.add(located(report));
                now = report.receivedAt();
                if (report.opened()) {
                    opened.add(report.incidentId());
                }
            }
            incidents.moveTo(now);
            decidedIncidents.forEachClosed(opened, incidents::close);
            for (Incident incident :
                    correlateReports.correlate(located, incidents, now).incidents()) {
                boolean isNew = !incidents.holds(incident);
                if (isNew) {
                    incidents.add(incident);
                }
                for (LocatedReport added : incident.added()) {
                    Placed report = batch.get(added.received().reportId());
                    if (report != null) {
                        regrouped.report(report.reportId(), report.incidentId(), incident.id(), report.opened(), isNew);
                    }
                    isNew = false;
                }
                incident.forgetAdded();
            }
            course.advance(share * batch.size());
            batch.clear();
            if (++batches % BATCHES_BETWEEN_FORGETTING == 0) {
                incidents.forgetOld(incident -> regrouped.complete(incident.id(), incident.reportCount()));
            }
        }

        private LocatedReport located(Placed placed) {
            Report report = new Report(
                    placed.reportId(),
                    new Report.Source(placed.sourceKind(), placed.sourceId(), null),
                    placed.type(),
                    placed.occurredAt(),
                    new Report.Location(
                            placed.position().longitude(), placed.position().latitude(), Datum.WGS84),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            return new LocatedReport(
                    ConsumedReport.rehearsed(new ReportReceived(
                            placed.reportId(), placed.receivedAt(), placed.position(), null, "0", report)),
                    placed.gridCode(),
                    null);
        }
    }

    /** The second pass. */
    private final class DecideAgain {

        private static final Comparator<Change> SMALLEST_FIRST = Comparator.comparingInt(Change::levelsJumped)
                .thenComparingLong(Change::people)
                .thenComparing(Change::incidentId, Comparator.reverseOrder());

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

        DecideAgain(Regrouped regrouped, PolicyHistory history, Course course) {
            this.regrouped = regrouped;
            this.history = history;
            this.course = course;
            this.share =
                    (1 - SHARE_OF_FIRST_PASS) / Math.max(1, regrouped.touched().size());
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

        /** The biggest first. */
        List<Change> biggestChanges() {
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
            GovernanceMap inForce = currentMap.get();
            GovernanceMap map =
                    as == null ? inForce : currentMap.find(as.mapVersion()).orElse(inForce);
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
            Policies inForce = currentPolicies.current();
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
                tally.addTasks(task.tier(), task.role(), Tally.AFTER, 1);
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
                    counted, (tier, role, tasks) -> tally.addTasks(tier, role, Tally.BEFORE, tasks));
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
    }

    /** @param openerWasOf the incident that the report which opens it was of */
    private record Building(Incident incident, UUID openerWasOf) {}
}
