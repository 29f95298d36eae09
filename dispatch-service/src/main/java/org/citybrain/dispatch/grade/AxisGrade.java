package org.citybrain.dispatch.grade;

import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * One line of a grade record: a value, where it comes from, what it crossed and what follows.
 *
 * @param threshold the bound that was reached; absent where the value is below all of them
 * @param level the level that this axis alone gives; absent for everyday matters
 * @param scope the scope that this line gives; absent for all others
 * @param source where the threshold comes from
 */
public record AxisGrade(
        Axis axis,
        double value,
        String unit,
        Basis basis,
        @Nullable Double threshold,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        String source) {}
