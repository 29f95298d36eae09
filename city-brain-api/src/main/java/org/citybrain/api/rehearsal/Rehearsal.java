package org.citybrain.api.rehearsal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rehearsal with what it has found; all but the summary is absent until it is done.
 *
 * @param unchangedIncidents replayed incidents of which nothing would have been otherwise
 * @param gradedByPerson incidents whose level a person has set: they keep it
 * @param notReplayable how many incidents could not be decided again, by reason
 * @param failures examples of what the candidate failed on
 * @param matrix how many incidents had one level or scope and would have had another; also those that keep theirs
 * @param commandMatrix the same for the tier that commands
 * @param tasks how many tasks units have before and after, by tier and role
 * @param commandCentres how many incidents each command centre commands before and after, the largest differences first
 * @param departments how many tasks departments have before and after, the largest differences first
 * @param biggestChanges the hundred biggest: by levels jumped, then by people
 * @param correlation what would have become of the incidents themselves, where a correlation policy was rehearsed
 * @param notes what the figures leave out
 * @param seconds that it took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rehearsal(
        @JsonUnwrapped RehearsalSummary summary,
        @Nullable Long unchangedIncidents,
        @Nullable Long gradedByPerson,
        @Nullable List<ReasonCount> notReplayable,
        @Nullable List<String> failures,
        @Nullable List<MatrixCell> matrix,
        @Nullable List<MatrixCell> commandMatrix,
        @Nullable List<TaskCount> tasks,
        @Nullable List<CentreLoad> commandCentres,
        @Nullable List<DepartmentLoad> departments,
        @Nullable List<RehearsalChange> biggestChanges,
        @Nullable CorrelationFindings correlation,
        @Nullable List<String> notes,
        @Nullable Double seconds) {

    /** @param reason such as {@code NO_INPUTS}: decided before inputs were kept */
    public record ReasonCount(String reason, long incidents) {}

    /**
     * @param from a level, a scope or a tier
     * @param to what it would have been
     */
    public record MatrixCell(String from, String to, long incidents) {}

    public record TaskCount(String tier, String role, long before, long after) {}

    /** @param unit the command centre's code */
    public record CentreLoad(String unit, String name, String tier, long before, long after) {}

    /** @param code the department's */
    public record DepartmentLoad(String code, String name, long before, long after) {}

    /**
     * What a correlation policy would have made of the reports.
     *
     * @param reports that were put together again
     * @param leftOut reports of incidents that were opened before the period
     * @param moved reports that would have become part of another incident
     * @param mergedMore incidents that would have been part of another one
     * @param splitUp incidents that there would have been beside them
     * @param otherReports incidents that would have had other reports
     * @param levelChanges of the latter, those of another level or scope
     */
    public record CorrelationFindings(
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
