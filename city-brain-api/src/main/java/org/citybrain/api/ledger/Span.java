package org.citybrain.api.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.ledger.LedgerLines;
import org.jspecify.annotations.Nullable;

/**
 * Whole hours of receipt, from one until, but not including, another.
 *
 * @param byHourFrom what was received before is told by month: the hours of such a month may be summed up, and can no longer be told apart
 */
record Span(Instant from, Instant to, Instant byHourFrom) {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** The day up to now, the hour that runs included. */
    static Span lastDay(Instant now) {
        Instant to = hourAfter(now);
        return new Span(to.minus(DAY), to, byHourFrom(now));
    }

    /**
     * What was asked for, widened to whole hours, and to whole months where they are told by month; null where neither end was given.
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
        Instant byHourFrom = byHourFrom(now);
        return new Span(
                begin.isBefore(byHourFrom) ? month(begin, 0) : begin,
                end.isBefore(byHourFrom) ? month(end.minus(1, ChronoUnit.HOURS), 1) : end,
                byHourFrom);
    }

    /** A day early: the services that sum up have clocks of their own, and what is not summed up yet can be told by month as well. */
    private static Instant byHourFrom(Instant now) {
        return LedgerLines.byHourFrom(now.plus(DAY));
    }

    private static Instant month(Instant moment, int later) {
        return YearMonth.from(moment.atOffset(ZoneOffset.UTC))
                .plusMonths(later)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    private static Instant hourAfter(Instant moment) {
        return moment.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    private static Instant hourAtOrAfter(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hourAfter(moment);
    }
}
