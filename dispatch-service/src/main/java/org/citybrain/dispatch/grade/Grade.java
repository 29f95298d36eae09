package org.citybrain.dispatch.grade;

import java.util.List;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * How severe an incident is, and why.
 *
 * @param level absent for everyday matters
 * @param scope absent for all others
 * @param needsPerson nothing was known but the type: a person is to look at it
 * @param axes every axis that had a value
 */
public record Grade(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        boolean corroborated,
        boolean needsPerson,
        long peopleAffected,
        Basis peopleBasis,
        double areaSquareKilometers,
        Basis areaBasis,
        List<AxisGrade> axes) {

    public Grade {
        axes = List.copyOf(axes);
    }

    /** The row of the routing table that this grade leads to: {@code I}–{@code IV} or {@code R1}–{@code R3}. */
    public String routingRule() {
        return level != null ? level.name() : String.valueOf(scope);
    }
}
