package org.citybrain.dispatch.rehearse;

import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of an incident, or would have been.
 *
 * @param grade how the level was reached; absent where it was taken as it is stored
 * @param inputs what it was reached by
 * @param tasks one for each unit concerned, from the top down; departments after them, where they were called again
 */
record Decided(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        @Nullable Grade grade,
        @Nullable GradeInputs inputs,
        String commandingUnit,
        List<PlannedTask> tasks) {

    /** The same, with departments called as well. */
    Decided with(List<PlannedTask> called) {
        List<PlannedTask> all = new ArrayList<>(tasks);
        all.addAll(called);
        return new Decided(level, scope, grade, inputs, commandingUnit, List.copyOf(all));
    }

    /** {@code I}–{@code IV} or {@code R1}–{@code R3}. */
    String label() {
        return level != null ? level.name() : String.valueOf(scope);
    }
}
