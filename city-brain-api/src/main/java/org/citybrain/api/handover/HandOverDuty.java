package org.citybrain.api.handover;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.RequestKey;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands a unit over at the end of a shift, and takes it over at the beginning of the next. */
@Component
class HandOverDuty {

    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_INCIDENTS = 100;

    private final HandOverQueries handOvers;
    private final UnitQueries units;
    private final AuditTrail audit;
    private final Clock clock;

    HandOverDuty(HandOverQueries handOvers, UnitQueries units, AuditTrail audit, Clock clock) {
        this.handOvers = handOvers;
        this.units = units;
        this.audit = audit;
        this.clock = clock;
    }

    Page<HandOver> list(Person person, @Nullable UnitCode unit, HandOverQueries.@Nullable Place before, int limit) {
        return handOvers.list(seen(person, unit).digits(), before, limit);
    }

    @Transactional
    public HandOver handOver(Person person, HandOverRequest request, @Nullable String key) {
        UUID id = RequestKey.id("hand-over", person.name(), key);
        HandOver before = handOvers.find(id).orElse(null);
        if (before != null) {
            return again(before, request);
        }
        UnitCode unit = seen(person, unit(request.unit()));
        Instant now = clock.instant();
        HandOver made = new HandOver(
                id,
                units.names(List.of(unit.digits())).at(unit.digits(), now),
                text(request.text()),
                incidents(request.incidents()),
                handOvers.situation(unit.digits(), now),
                person.name(),
                now,
                null,
                null);
        boolean added = handOvers.add(made);
        if (added) {
            audit.write(AuditLine.done("hand-over.create", id, Map.of("unit", unit.digits())));
        }
        HandOver there = handOvers.find(id).orElseThrow();
        return added ? there : again(there, request);
    }

    /** What was handed over stays so, whatever its person sees by now. */
    private static HandOver again(HandOver there, HandOverRequest request) {
        boolean same = there.text().equals(request.text())
                && (request.unit() == null || there.unit().code().equals(request.unit()))
                && there.incidents().equals(distinct(request.incidents()));
        if (!same) {
            throw Problem.refused(
                    ProblemReason.IDEMPOTENCY_KEY_REUSED,
                    "the key of hand-over " + there.id(),
                    "another Idempotency-Key");
        }
        return there;
    }

    @Transactional
    public HandOver takeOver(UUID id, Person person) {
        HandOver handOver = handOvers
                .find(id)
                .filter(there -> person.reaches(new UnitCode(there.unit().code())))
                .orElseThrow(() -> Problem.notFound("hand-over", id));
        if (handOver.handedBy().equals(person.name())) {
            throw Problem.refused(
                    ProblemReason.SAME_PERSON, "hand-over " + id + " is by " + person.name(), "somebody else");
        }
        if (handOvers.take(id, person.name(), clock.instant())) {
            audit.write(AuditLine.done("hand-over.take-over", id, Map.of("from", handOver.handedBy())));
        }
        HandOver taken = handOvers.find(id).orElseThrow();
        if (!person.name().equals(taken.takenOverBy())) {
            throw Problem.refused(
                    ProblemReason.TAKEN_OVER,
                    "hand-over " + id + " was taken over by " + taken.takenOverBy() + " at " + taken.takenOverAt(),
                    "one that nobody has taken over");
        }
        return taken;
    }

    private static UnitCode seen(Person person, @Nullable UnitCode wanted) {
        UnitCode unit = wanted == null ? person.unit() : wanted;
        if (unit == null || !person.reaches(unit)) {
            throw Problem.notFound("unit", unit == null ? "none" : unit);
        }
        return unit;
    }

    private static @Nullable UnitCode unit(@Nullable String text) {
        return text == null
                ? null
                : UnitCode.find(text)
                        .orElseThrow(() -> Problem.badBody(
                                "unit", "'" + text + "'", "a unit code of 2, 6, 9, 12, 15 or 17 digits"));
    }

    private static String text(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            throw Problem.badBody(
                    "text",
                    text == null ? "missing" : text.isBlank() ? "blank" : text.length() + " characters long",
                    "what the next one has to know, 1 to " + LONGEST_TEXT + " characters without NUL");
        }
        return text;
    }

    private List<UUID> incidents(@Nullable List<UUID> given) {
        List<UUID> incidents = distinct(given);
        if (incidents.size() > MOST_INCIDENTS) {
            throw Problem.badBody("incidents", incidents.size() + " incidents", "at most " + MOST_INCIDENTS);
        }
        if (!incidents.isEmpty() && handOvers.countSeen(incidents) != incidents.size()) {
            throw Problem.badBody("incidents", "one that is not there", "ids of incidents that you see");
        }
        return incidents;
    }

    private static List<UUID> distinct(@Nullable List<UUID> given) {
        return given == null ? List.of() : given.stream().distinct().toList();
    }
}
