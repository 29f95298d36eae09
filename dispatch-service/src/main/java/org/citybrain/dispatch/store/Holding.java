package org.citybrain.dispatch.store;

import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/**
 * The grade and the command that hold for an incident.
 *
 * @param gradeJson the grade record that explains them
 */
record Holding(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        boolean corroborated,
        boolean needsPerson,
        String commandingUnit,
        String gradeJson) {

    /** What a decision alone would give. */
    static Holding of(Decision decision, String gradeJson) {
        Grade grade = decision.grade();
        return new Holding(
                grade.level(),
                grade.scope(),
                grade.corroborated(),
                grade.needsPerson(),
                decision.route().commandingUnit(),
                gradeJson);
    }

    static Holding of(Incident.Stored stored) {
        return new Holding(
                stored.level(),
                stored.scope(),
                stored.corroborated(),
                stored.needsPerson(),
                stored.commandingUnit(),
                stored.gradeJson());
    }

    /**
     * What holds after a new decision. Upgrades are taken over; a downgrade, and a command that would move down the chain, are not:
     * those need a person and a reason (domain, section 4).
     */
    Holding raisedTo(Holding decided) {
        Holding grade = isMoreSevereThan(decided) ? this : decided;
        return grade.commandedBy(
                decided.commandingUnit().length() <= commandingUnit.length()
                        ? decided.commandingUnit()
                        : commandingUnit);
    }

    Holding commandedBy(String unit) {
        return new Holding(level, scope, corroborated, needsPerson, unit, gradeJson);
    }

    boolean isGradedOtherThan(Holding other) {
        return level != other.level
                || scope != other.scope
                || corroborated != other.corroborated
                || needsPerson != other.needsPerson;
    }

    private boolean isMoreSevereThan(Holding other) {
        return (level != null && other.level != null && level.isMoreSevereThan(other.level))
                || (scope != null && other.scope != null && scope.isWiderThan(other.scope));
    }
}
