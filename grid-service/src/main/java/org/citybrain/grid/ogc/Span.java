package org.citybrain.grid.ogc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/**
 * The time that is asked for: everything that holds at any moment of it, its ends included.
 *
 * @param from the same as {@code to} for a moment
 */
record Span(Instant from, Instant to) {

    /** As far as PostgreSQL and RFC 3339 both go. */
    static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final String OPEN = "..";
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

    static Span at(Instant moment) {
        return new Span(moment, moment);
    }

    /**
     * As the standard writes it: {@code 2026-07-01T00:00:00Z}, {@code 2026-01-01T00:00:00Z/2026-07-01T00:00:00Z},
     * {@code ../2026-07-01T00:00:00Z} or {@code 2026-07-01T00:00:00Z/..}, with nothing instead of {@code ..} as well.
     *
     * @throws RequestProblem {@code BAD_DATETIME}
     */
    static Span read(String datetime) {
        int slash = datetime.indexOf('/');
        if (slash < 0) {
            return at(moment(datetime, datetime));
        }
        String from = datetime.substring(0, slash);
        String to = datetime.substring(slash + 1);
        Span span =
                new Span(isOpen(from) ? EARLIEST : moment(from, datetime), isOpen(to) ? LATEST : moment(to, datetime));
        if (span.from().isAfter(span.to())) {
            throw bad(datetime);
        }
        return span;
    }

    boolean isMoment() {
        return from.equals(to);
    }

    private static boolean isOpen(String end) {
        return end.isEmpty() || end.equals(OPEN);
    }

    private static Instant moment(String text, String datetime) {
        if (RFC_3339.matcher(text).matches()) {
            try {
                Instant moment = OffsetDateTime.parse(
                                text.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
                if (!moment.isBefore(EARLIEST) && !moment.isAfter(LATEST)) {
                    return moment;
                }
            } catch (DateTimeException noSuchDay) {
                // answered below
            }
        }
        throw bad(datetime);
    }

    private static RequestProblem bad(String datetime) {
        return new RequestProblem(
                ProblemReason.BAD_DATETIME,
                "datetime",
                datetime,
                "an RFC 3339 time such as 2026-07-01T08:30:00Z, or two of them with '/' between, the earlier one first, '..'"
                        + " for an open end (in a URL, + must be percent-encoded)");
    }
}
