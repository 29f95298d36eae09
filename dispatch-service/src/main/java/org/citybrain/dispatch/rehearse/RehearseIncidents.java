package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.DecidedIncident;
import org.citybrain.dispatch.rehearse.RehearsalResult.Change;
import org.citybrain.dispatch.rehearse.RehearsalResult.Side;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rehearses a grading policy, a routing policy or an item catalogue: every stored incident is decided again, by itself. */
@Component
class RehearseIncidents {

    private final PostgresStoredIncidents storedIncidents;
    private final PostgresDecidedIncidents decidedIncidents;
    private final CurrentMap currentMap;
    private final PostgresPolicies currentPolicies;
    private final RehearsalSettings settings;

    RehearseIncidents(
            PostgresStoredIncidents storedIncidents,
            PostgresDecidedIncidents decidedIncidents,
            CurrentMap currentMap,
            PostgresPolicies currentPolicies,
            RehearsalSettings settings) {
        this.storedIncidents = storedIncidents;
        this.decidedIncidents = decidedIncidents;
        this.currentMap = currentMap;
        this.currentPolicies = currentPolicies;
        this.settings = settings;
    }

    RehearsalResult rehearse(Candidate candidate, PolicyHistory history, Period period, Course course) {
        long begun = System.nanoTime();
        ReplayIncident replay = new ReplayIncident(candidate, history);
        List<Tally> tallies = new ArrayList<>();
        storedIncidents.read(
                period,
                settings.workers(),
                () -> {
                    Tally tally = new Tally();
                    tallies.add(tally);
                    return new Counting(replay, tally);
                },
                course);
        Tally all = new Tally();
        tallies.forEach(all::add);
        return new RehearsalResult(
                all.replayed(),
                all.replayed() - all.changed(),
                all.changed(),
                all.gradedByPerson(),
                all.notReplayable(),
                all.failures(),
                all.matrix(),
                all.commandMatrix(),
                all.tasks(),
                all.commandCentres(unit -> currentMap.get().name(unit)),
                changes(all.biggestChanges(), candidate),
                null,
                notes(candidate),
                (System.nanoTime() - begun) / 1e9);
    }

    private List<Change> changes(List<Replayed> biggest, Candidate candidate) {
        Map<UUID, DecidedIncident> stored =
                decidedIncidents.read(biggest.stream().map(Replayed::id).toList());
        List<Change> changes = new ArrayList<>();
        for (Replayed incident : biggest) {
            DecidedIncident decided = stored.get(incident.id());
            if (decided != null) {
                changes.add(change(incident, decided, candidate));
            }
        }
        return changes;
    }

    private static Change change(Replayed incident, DecidedIncident decided, Candidate candidate) {
        Decided before = incident.before();
        Decided after = incident.after();
        return new Change(
                incident.id(),
                decided.number(),
                incident.type(),
                null,
                incident.people(),
                incident.levelsJumped(),
                side(before, WithoutAccounts.of(decided.record())),
                side(after, WithoutAccounts.of(record(after, decided, candidate))));
    }

    private static Side side(Decided decided, @Nullable GradeRecord record) {
        return new Side(
                decided.label(), decided.commandingUnit(), decided.tasks().size(), record);
    }

    private static @Nullable GradeRecord record(Decided after, DecidedIncident decided, Candidate candidate) {
        if (after.grade() == null || after.inputs() == null) {
            return null;
        }
        return GradeRecord.of(
                after.grade(),
                after.inputs(),
                candidate.kind() == PolicyKind.GRADING ? candidate.version() : decided.gradingVersion(),
                candidate.kind() == PolicyKind.ITEM_CATALOGUE ? candidate.version() : decided.catalogueVersion(),
                decided.mapVersion());
    }

    private List<String> notes(Candidate candidate) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Tasks are those that the routing policy gives for the level and the units that an incident has at last;"
                        + " what a person has added or returned is not in them.");
        RoutingPolicy routing = candidate.routing();
        if (routing != null) {
            notes.add(
                    "Departments are not replayed: whom an incident calls depends on the responsibility areas of its day.");
            RoutingPolicy inForce = currentPolicies.current().routing().document();
            if (!routing.equals(inForce) && routing.withoutDepartments().equals(inForce.withoutDepartments())) {
                notes.add(
                        "This version differs from the one in force only in its departments: nothing here shows what it changes.");
            }
            notes.add(
                    "Units are those that were found to be touched when it was decided: another sliverShare changes none of them"
                            + " here.");
        }
        if (candidate.catalogue() != null) {
            notes.add(
                    "Of the item catalogue people, area, level, scope, key places and who may be given a type are rehearsed;"
                            + " correlation distances are not: rehearse a correlation policy.");
        }
        return notes;
    }

    /** Replays each incident and counts what came of it. */
    private record Counting(ReplayIncident replay, Tally tally) implements PostgresStoredIncidents.Visitor {

        @Override
        public boolean needsRecord(StoredIncident incident) {
            return replay.needsRecord(incident);
        }

        @Override
        public void visit(StoredIncident incident, @Nullable GradeRecord record) {
            tally.add(replay.replay(incident, record), incident.gradedByPerson());
        }
    }
}
