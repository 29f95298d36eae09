package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a person has said of an incident, as it is stored: the grade that holds by it, and its line of the timeline. */
final class RecordWord {

    private final Instant now;

    RecordWord(Instant now) {
        this.now = now;
    }

    /**
     * What holds after a person has spoken: what they gave, exactly or at least.
     *
     * @param raised what would hold without them
     * @param decided what the rules alone give
     */
    Holding holding(PersonsWord word, Holding raised, Holding decided) {
        PersonsWord.Given given = word.given();
        if (given == null) {
            return raised;
        }
        Holding givenHolding = decided.givenBy(given, explained(word, given, decided));
        if (!given.atLeast()) {
            return givenHolding;
        }
        boolean mustHold = !raised.isMoreSevereThan(givenHolding)
                && (givenHolding.isMoreSevereThan(decided) || givenHolding.isMoreSevereThan(raised));
        return mustHold ? givenHolding.commandedBy(raised.commandingUnit()) : raised;
    }

    /**
     * The line that tells it, with the incident's state after it.
     *
     * @param isGiven whether the word gave the grade: then the line holds the grade record
     */
    static TimelineLine line(
            PersonsWord word, int version, IncidentStatus status, Holding after, boolean isGiven, Incident incident) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", word.reason());
        detail.putAll(word.detail());
        if (isGiven) {
            detail.put("grade", MessageJson.MAPPER.readTree(after.gradeJson()));
        }
        return new TimelineLine(
                word.kind(),
                version,
                word.actor(),
                word.reportId(),
                incident.stored() == null ? null : incident.stored().status(),
                status,
                after,
                incident.reportCount(),
                MessageJson.MAPPER.writeValueAsString(detail),
                word.traceId());
    }

    /** Whether the word gave the grade that holds, so that no rule is said to have given it: a regrade always, others where they count. */
    static boolean isGivenBy(@Nullable PersonsWord word, Holding raised, Holding after) {
        return isGrade(word) || (word != null && word.given() != null && !after.equals(raised));
    }

    /** Whether the word is about the grade. */
    static boolean isGrade(@Nullable PersonsWord word) {
        return word != null && word.kind() == IncidentEventKind.REGRADED;
    }

    /** The rule's grade record, with the grade that a person gave in its place, who that was and why. */
    private String explained(PersonsWord word, PersonsWord.Given given, Holding decided) {
        ObjectNode record = (ObjectNode) MessageJson.MAPPER.readTree(decided.gradeJson());
        ObjectNode regraded = MessageJson.MAPPER.createObjectNode();
        regraded.put("by", word.actor());
        regraded.put("at", now.toString());
        regraded.put("reason", word.reason());
        if (given.level() != null) {
            regraded.put("ruledLevel", String.valueOf(decided.level()));
            record.put("level", given.level().name());
        }
        if (given.scope() != null) {
            regraded.put("ruledScope", String.valueOf(decided.scope()));
            record.put("scope", given.scope().name());
        }
        record.put("needsPerson", false);
        record.set("regraded", regraded);
        return MessageJson.MAPPER.writeValueAsString(record);
    }
}
