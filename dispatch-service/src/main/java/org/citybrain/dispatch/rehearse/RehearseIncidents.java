package org.citybrain.dispatch.rehearse;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.Surroundings;
import org.citybrain.dispatch.policy.PolicyKind;
import org.citybrain.dispatch.rehearse.PostgresDecidedIncidents.DecidedIncident;
import org.citybrain.dispatch.rehearse.RehearsalResult.Change;
import org.citybrain.dispatch.rehearse.RehearsalResult.Side;
import org.citybrain.dispatch.rehearse.Replayed.Attempt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rehearses a grading policy, a routing policy or an item catalogue: every stored incident is decided again, by itself. */
@Component
class RehearseIncidents {

    private static final int CALLED_AT_ONCE = 500;

    private final PostgresStoredIncidents storedIncidents;
    private final PostgresDecidedIncidents decidedIncidents;
    private final CurrentMap currentMap;
    private final RehearsalSettings settings;
    private final Clock clock;

    RehearseIncidents(
            PostgresStoredIncidents storedIncidents,
            PostgresDecidedIncidents decidedIncidents,
            CurrentMap currentMap,
            RehearsalSettings settings,
            Clock clock) {
        this.storedIncidents = storedIncidents;
        this.decidedIncidents = decidedIncidents;
        this.currentMap = currentMap;
        this.settings = settings;
        this.clock = clock;
    }

    RehearsalResult rehearse(Candidate candidate, PolicyHistory history, Period period, Course course) {
        long begun = System.nanoTime();
        Surroundings surroundings = currentMap.surroundings();
        ReplayIncident replay = new ReplayIncident(candidate, history);
        CallAgain callAgain = new CallAgain(decidedIncidents, surroundings, clock.instant());
        List<Counting> countings = new ArrayList<>();
        storedIncidents.read(
                period,
                settings.workers(),
                () -> {
                    Counting counting = new Counting(replay, callAgain);
                    countings.add(counting);
                    return counting;
                },
                course);
        Tally all = new Tally();
        countings.forEach(counting -> all.add(counting.tally));
        all.restOfDepartments(stored -> decidedIncidents.forEachDepartment(period, stored));
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
                all.departments(),
                changes(all.biggestChanges(), candidate),
                null,
                notes(candidate, surroundings),
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

    private static List<String> notes(Candidate candidate, Surroundings surroundings) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Tasks are those that the routing policy gives for the level and the units that an incident has at last;"
                        + " what a person has added or returned is not in them.");
        notes.add(
                surroundings.knowsAreas()
                        ? "Departments are called by the responsibility areas of today, before and after, where the candidate may call others."
                        : "Responsibility areas could not be read: no departments are called again.");
        if (candidate.routing() != null) {
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
    private static final class Counting implements PostgresStoredIncidents.Visitor {

        private final ReplayIncident replay;
        private final CallAgain callAgain;
        private final Tally tally = new Tally();
        private final List<Replayed> toBeCalled = new ArrayList<>();

        Counting(ReplayIncident replay, CallAgain callAgain) {
            this.replay = replay;
            this.callAgain = callAgain;
        }

        @Override
        public boolean needsRecord(StoredIncident incident) {
            return replay.needsRecord(incident);
        }

        @Override
        public void visit(StoredIncident incident, @Nullable GradeRecord record) {
            Attempt attempt = replay.replay(incident, record);
            Replayed replayed = attempt.replayed();
            tally.count(incident.gradedByPerson());
            if (replayed == null) {
                tally.addFailed(attempt);
            } else if (replayed.mayCallOthers()) {
                toBeCalled.add(replayed);
                if (toBeCalled.size() >= CALLED_AT_ONCE) {
                    end();
                }
            } else {
                tally.add(replayed);
            }
        }

        @Override
        public void end() {
            callAgain.call(toBeCalled).forEach(tally::add);
            toBeCalled.clear();
        }
    }
}
