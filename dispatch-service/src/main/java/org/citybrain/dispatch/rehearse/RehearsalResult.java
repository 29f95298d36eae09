package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal has found, as it is stored in dispatch.rehearsal and shown by city-brain-api.
 *
 * @param replayed incidents that were decided again
 * @param unchangedIncidents of these, those of which nothing would have been otherwise
 * @param changedIncidents of these, those whose level, scope, command or tasks would have been otherwise
 * @param gradedByPerson incidents whose level a person has set: they keep it
 * @param notReplayable how many incidents could not be decided again, by reason
 * @param failures examples of what the candidate failed on
 * @param matrix how many incidents had one level or scope and would have had another; also those that keep theirs
 * @param commandMatrix the same for the tier that commands
 * @param tasks how many tasks units have before and after, by tier and role
 * @param commandCentres how many incidents each command centre commands before and after, the largest differences first
 * @param departments how many tasks departments have before and after, the largest differences first
 * @param biggestChanges by levels jumped, then by people
 * @param correlation what became of the incidents themselves, where correlation is rehearsed
 * @param notes what the figures leave out
 */
record RehearsalResult(
        long replayed,
        long unchangedIncidents,
        long changedIncidents,
        long gradedByPerson,
        List<ReasonCount> notReplayable,
        List<String> failures,
        List<MatrixCell> matrix,
        List<MatrixCell> commandMatrix,
        List<TaskCount> tasks,
        List<CentreLoad> commandCentres,
        List<DepartmentLoad> departments,
        List<Change> biggestChanges,
        @Nullable CorrelationFindings correlation,
        List<String> notes,
        double seconds) {

    /**
     * Why this does not make a draft REHEARSED, or null where it does: something was decided again and no rule failed. Where there is no
     * history at all, a rehearsal of all of it is enough.
     */
    @Nullable
    String whyNotEnough(Period period) {
        if (notReplayable.stream().anyMatch(count -> count.reason() == NotReplayable.RULE_FAILED)) {
            return "rules of it failed";
        }
        boolean nothingThere = notReplayable.isEmpty() && (correlation == null || correlation.leftOut() == 0);
        if (replayed == 0 && !(nothingThere && period.isAllOfHistory())) {
            return "nothing was decided again";
        }
        return null;
    }

    RehearsalResult withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new RehearsalResult(
                replayed,
                unchangedIncidents,
                changedIncidents,
                gradedByPerson,
                notReplayable,
                failures,
                matrix,
                commandMatrix,
                tasks,
                commandCentres,
                departments,
                biggestChanges,
                correlation,
                List.copyOf(more),
                seconds);
    }

    record ReasonCount(NotReplayable reason, long incidents) {}

    /** @param from a level, a scope or a tier */
    record MatrixCell(String from, String to, long incidents) {}

    record TaskCount(Tier tier, TaskRole role, long before, long after) {}

    record CentreLoad(String unit, String name, Tier tier, long before, long after) {}

    /** @param code the department's */
    record DepartmentLoad(String code, String name, long before, long after) {}

    /**
     * One incident that would have been otherwise.
     *
     * @param number its readable name; absent where only the candidate would have opened it
     * @param what how its reports would have been put together otherwise; absent where that was not rehearsed
     * @param before absent where it was no incident of its own
     * @param after absent where it would be none
     */
    record Change(
            UUID incidentId,
            @Nullable String number,
            String type,
            @Nullable String what,
            long people,
            int levelsJumped,
            @Nullable Side before,
            @Nullable Side after) {}

    /**
     * What was decided, or would have been.
     *
     * @param level a level or a scope
     * @param tasks how many the rules give; absent where they were taken as they are stored
     * @param record the grade record; absent where the level was taken as it is stored
     */
    record Side(
            String level,
            String commandingUnit,
            @Nullable Integer tasks,
            @Nullable GradeRecord record) {}

    /**
     * What a correlation policy would have made of the reports.
     *
     * @param reports that were put together again
     * @param leftOut reports of incidents that were opened before the period
     * @param incidentsBefore that these reports are
     * @param incidentsAfter that they would have been
     * @param moved reports that would have become part of another incident
     * @param mergedMore incidents that would have been part of another one
     * @param splitUp incidents that there would have been beside them
     * @param otherReports incidents that would have had other reports
     * @param levelChanges of the latter, those of another level or scope
     */
    record CorrelationFindings(
            long reports,
            long leftOut,
            long incidentsBefore,
            long incidentsAfter,
            long moved,
            long mergedMore,
            long splitUp,
            long otherReports,
            long levelChanges) {}
}
