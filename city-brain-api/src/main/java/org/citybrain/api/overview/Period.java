package org.citybrain.api.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * The span that an overview is of, and the steps that it is told in.
 *
 * @param from the first moment
 * @param to the first moment after it
 */
record Period(Instant from, Instant to, Step step) {

    static final ZoneId CITY_ZONE = ZoneId.of("Asia/Shanghai");

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration LONGEST_IN_HOURS = Duration.ofDays(3);

    /** Hours or days. */
    enum Step {
        HOUR(ChronoUnit.HOURS),
        DAY(ChronoUnit.DAYS);

        private final ChronoUnit unit;

        Step(ChronoUnit unit) {
            this.unit = unit;
        }

        static Step parse(String text) {
            return switch (text) {
                case "hour" -> HOUR;
                case "day" -> DAY;
                default -> throw new IllegalArgumentException("hour or day");
            };
        }

        /** As PostgreSQL's {@code date_trunc} calls it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A span within the span. */
    record Bucket(Instant from, Instant to) {}

    /**
     * Reads {@code from}, {@code to} and {@code by}: the last 24 hours by the hour, unless they say otherwise.
     *
     * @throws org.springframework.web.ErrorResponseException a 400 problem for a span that is empty or too long
     */
    static Period read(QueryParameters parameters, Instant now) {
        Instant givenFrom = parameters.instant("from");
        Instant givenTo = parameters.instant("to");
        Step givenStep = parameters.value("by", Step::parse, "hour or day");
        Instant to = givenTo == null ? now : givenTo;
        Instant from = givenFrom == null ? to.minus(DAY) : givenFrom;
        if (!from.isBefore(to)) {
            throw Problem.badParameter("from", from.toString(), "a time before to, which is " + to);
        }
        Duration length = Duration.between(from, to);
        if (length.compareTo(LONGEST) > 0) {
            throw Problem.badParameter("from", from.toString(), "at most 31 days before to, which is " + to);
        }
        if (givenStep == Step.HOUR && length.compareTo(LONGEST_IN_HOURS) > 0) {
            throw Problem.badParameter("by", "hour", "day for a span of more than 3 days");
        }
        return new Period(from, to, step(givenStep, length));
    }

    /** Every hour or day that the span touches, whether anything happened in it or not; the first and the last may be cut short. */
    List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        ZonedDateTime start = from.atZone(CITY_ZONE).truncatedTo(step.unit);
        while (start.toInstant().isBefore(to)) {
            ZonedDateTime next = start.plus(1, step.unit);
            buckets.add(new Bucket(later(start.toInstant(), from), earlier(next.toInstant(), to)));
            start = next;
        }
        return buckets;
    }

    /** Where the step begins that a moment lies in, no earlier than the span. */
    Instant bucketOf(Instant moment) {
        return later(moment.atZone(CITY_ZONE).truncatedTo(step.unit).toInstant(), from);
    }

    private static Step step(@Nullable Step given, Duration length) {
        if (given != null) {
            return given;
        }
        return length.compareTo(LONGEST_IN_HOURS) > 0 ? Step.DAY : Step.HOUR;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
