package org.citybrain.api.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;

/** Whole hours of receipt, from one until, but not including, another. */
record Span(Instant from, Instant to) {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** The day up to now, the hour that runs included. */
    static Span lastDay(Instant now) {
        Instant to = hourAfter(now);
        return new Span(to.minus(DAY), to);
    }

    /**
     * What was asked for, widened to whole hours; null where neither end was given.
     *
     * @throws org.springframework.web.ErrorResponseException a 400 problem if it is empty or longer than 31 days
     */
    static @Nullable Span read(QueryParameters parameters, Instant now) {
        Instant from = parameters.instant("from");
        Instant to = parameters.instant("to");
        parameters.refuseUnknown();
        if (from == null && to == null) {
            return null;
        }
        Instant end = to == null ? hourAfter(now) : hourAtOrAfter(to);
        Instant begin = from == null ? end.minus(DAY) : from.truncatedTo(ChronoUnit.HOURS);
        if (!begin.isBefore(end)) {
            throw Problem.badParameter("from", begin.toString(), "a time before to, which is " + end);
        }
        if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
            throw Problem.badParameter("from", begin.toString(), "at most 31 days before to, which is " + end);
        }
        return new Span(begin, end);
    }

    private static Instant hourAfter(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    private static Instant hourAtOrAfter(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hourAfter(moment);
    }
}
