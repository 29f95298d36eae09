package org.citybrain.dispatch.store;

import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsGrade;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The grade and the command that hold for an incident.
 *
 * @param gradeJson the grade record that explains them
 * @param personsGrade absent where the rule gave the grade
 */
record Holding(
        @Nullable Level level,
        @Nullable HandlingScope scope,
        boolean corroborated,
        boolean needsPerson,
        String commandingUnit,
        String gradeJson,
        @Nullable PersonsGrade personsGrade) {

    /** What a decision alone would give. */
    static Holding of(Decision decision, String gradeJson) {
        Grade grade = decision.grade();
        return new Holding(
                grade.level(),
                grade.scope(),
                grade.corroborated(),
                grade.needsPerson(),
                decision.route().commandingUnit(),
                gradeJson,
                null);
    }

    static Holding of(Incident.Stored stored) {
        return new Holding(
                stored.level(),
                stored.scope(),
                stored.corroborated(),
                stored.needsPerson(),
                stored.commandingUnit(),
                stored.gradeJson(),
                stored.personsGrade());
    }

    /**
     * What holds after a new decision. Upgrades are taken over; a downgrade, and a command that would move down the chain, are not:
     * those need a person and a reason (domain, section 4). What a person has given holds until the rule gives more than it did then;
     * that somebody has confirmed it shows there, too.
     */
    Holding raisedTo(Holding decided) {
        boolean overtaken = personsGrade == null || personsGrade.isOvertakenBy(decided.level, decided.scope);
        Holding kept = !overtaken && decided.corroborated && !corroborated ? confirmed() : this;
        Holding grade = !overtaken || isMoreSevereThan(decided) ? kept : decided;
        return grade.commandedBy(
                decided.commandingUnit().length() <= commandingUnit.length()
                        ? decided.commandingUnit()
                        : commandingUnit);
    }

    private Holding confirmed() {
        ObjectNode record = (ObjectNode) MessageJson.MAPPER.readTree(gradeJson);
        record.put("corroborated", true);
        return new Holding(
                level,
                scope,
                true,
                needsPerson,
                commandingUnit,
                MessageJson.MAPPER.writeValueAsString(record),
                personsGrade);
    }

    /** The row of the routing table. */
    String routingRule() {
        return level != null ? level.name() : String.valueOf(scope);
    }

    Holding commandedBy(String unit) {
        return new Holding(level, scope, corroborated, needsPerson, unit, gradeJson, personsGrade);
    }

    /**
     * What the rule has decided, with a person's grade in its place.
     *
     * @param explainedJson the rule's grade record with the person's decision in it
     */
    Holding givenBy(PersonsWord.Given given, String explainedJson) {
        return new Holding(
                given.level(),
                given.scope(),
                corroborated,
                false,
                commandingUnit,
                explainedJson,
                new PersonsGrade(level, scope));
    }

    boolean isGradedOtherThan(Holding other) {
        return level != other.level
                || scope != other.scope
                || corroborated != other.corroborated
                || needsPerson != other.needsPerson;
    }

    boolean isMoreSevereThan(Holding other) {
        return (level != null && other.level != null && level.isMoreSevereThan(other.level))
                || (scope != null && other.scope != null && scope.isWiderThan(other.scope));
    }
}
