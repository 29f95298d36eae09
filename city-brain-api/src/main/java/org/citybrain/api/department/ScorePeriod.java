package org.citybrain.api.department;

import java.time.Duration;
import java.time.Instant;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Which summons are asked about.
 *
 * @param from whistled at this time or later
 * @param to whistled before this time
 * @param unit whistled by this unit or one below it; null: by any
 */
public record ScorePeriod(
        Instant from, Instant to, @Nullable UnitCode unit) {

    /** Where nothing is said (policy default). */
    static final Duration USUAL = Duration.ofDays(30);

    /** A quarter: all lines of the period are read for each answer. */
    static final Duration LONGEST = Duration.ofDays(92);

    static ScorePeriod read(QueryParameters parameters, Instant now) {
        Instant givenFrom = parameters.instant("from");
        Instant givenTo = parameters.instant("to");
        Instant to = givenTo == null ? now : givenTo;
        Instant from = givenFrom == null ? to.minus(USUAL) : givenFrom;
        UnitCode unit = parameters.unit("unit");
        if (!from.isBefore(to)) {
            throw Problem.badParameter("to", to.toString(), "a time after from");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Problem.badParameter("from", from.toString(), "at most " + LONGEST.toDays() + " days before to");
        }
        return new ScorePeriod(from, to, unit);
    }
}
