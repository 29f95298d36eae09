package org.citybrain.dispatch.grade;

import java.util.List;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * A grade as it is stored and shown: what explains it, and all that is needed to reach it again.
 *
 * @param policyVersion of the grading policy
 * @param catalogueVersion of the item catalogue that {@code inputs.type} was taken from
 * @param mapVersion of the governance map that people, area, key places and units were measured on
 * @param inputs absent in records of before they were kept
 */
public record GradeRecord(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        int policyVersion,
        int catalogueVersion,
        long mapVersion,
        boolean corroborated,
        boolean needsPerson,
        List<AxisGrade> axes,
        @Nullable GradeInputs inputs) {

    public GradeRecord {
        axes = List.copyOf(axes);
    }

    public static GradeRecord of(
            Grade grade, GradeInputs inputs, int policyVersion, int catalogueVersion, long mapVersion) {
        return new GradeRecord(
                grade.level(),
                grade.scope(),
                policyVersion,
                catalogueVersion,
                mapVersion,
                grade.corroborated(),
                grade.needsPerson(),
                grade.axes(),
                inputs);
    }

    /**
     * Grades the same inputs again. With the policy that the record names this gives the record itself.
     *
     * @throws IllegalStateException if the record is of before inputs were kept
     */
    public GradeRecord replay(GradingPolicy policy, int version) {
        if (inputs == null) {
            throw new IllegalStateException(
                    "the grade record holds no inputs: expected one written since they are kept");
        }
        return of(GradeIncident.grade(inputs, policy), inputs, version, catalogueVersion, mapVersion);
    }
}
