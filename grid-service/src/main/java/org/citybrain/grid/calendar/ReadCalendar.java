package org.citybrain.grid.calendar;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.unit.PostgisUnits;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what an administrator wrote of working hours, or says what they should have written. */
@Component
class ReadCalendar {

    private static final ZoneId CITY_ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");
    /** A year of four digits: PostgreSQL keeps fewer days than Java knows. */
    private static final Pattern DATE = Pattern.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}");

    private static final int MOST_SPANS = 10;
    private static final int MOST_DAYS = 1_000;
    private static final String SPANS = "up to " + MOST_SPANS
            + " spans {\"from\": \"09:00\", \"to\": \"18:00\"}, the earliest first, none into the next; to 24:00 at the latest";
    private static final String DAY = "a day such as 2026-10-01";

    private final PostgisUnits units;
    private final Clock clock;

    ReadCalendar(PostgisUnits units, Clock clock) {
        this.units = units;
        this.clock = clock;
    }

    /** A unit of the map. */
    UnitCode unit(String code) {
        UnitCode unit = Parameters.unitCode("code", code);
        if (!units.isThere(unit, clock.instant())) {
            throw unknown(code);
        }
        return unit;
    }

    /** A unit of the map that the administrator may change. */
    UnitCode ownUnit(String code, Person person) {
        UnitCode unit = unit(code);
        UnitCode reach = person.unit();
        if (reach == null || !unit.isWithin(reach)) {
            throw unknown(code);
        }
        return unit;
    }

    /** Today in the city where none is given. */
    LocalDate day(@Nullable String at) {
        return at == null ? clock.instant().atZone(CITY_ZONE).toLocalDate() : day("at", at, ProblemReason.BAD_INSTANT);
    }

    /** Today in the city where none is given. */
    LocalDate effectiveFrom(@Nullable String given) {
        return given == null ? day(null) : day("effectiveFrom", given, ProblemReason.BAD_INSTANT);
    }

    WorkingCalendar calendar(UnitCode unit, CalendarBody body) {
        if (body.hours() == null) {
            throw bad(
                    "hours",
                    null,
                    "the spans of work by weekday, such as {\"MONDAY\": [{\"from\": \"09:00\", \"to\": \"18:00\"}]}");
        }
        Map<DayOfWeek, List<WorkingSpan>> hours = new EnumMap<>(DayOfWeek.class);
        body.hours().forEach((name, spans) -> hours.put(weekday(name), spans("hours/" + name, spans)));
        if (hours.values().stream().allMatch(List::isEmpty)) {
            throw bad("hours", "no span", "at least one span in the week: no deadline would ever come");
        }
        Map<String, @Nullable List<WorkingSpan>> given = new TreeMap<>();
        if (body.days() != null) {
            given.putAll(body.days());
        }
        if (given.size() > MOST_DAYS) {
            throw bad("days", given.size() + " days", "at most " + MOST_DAYS);
        }
        Map<LocalDate, List<WorkingSpan>> days = new TreeMap<>();
        given.forEach((day, spans) -> days.put(day("days", day, ProblemReason.BAD_BODY), spans("days/" + day, spans)));
        return new WorkingCalendar(unit, day("validFrom", body.validFrom(), ProblemReason.BAD_BODY), hours, days);
    }

    private static DayOfWeek weekday(String name) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().equals(name))
                .findFirst()
                .orElseThrow(() -> bad("hours", name, "one of " + List.of(DayOfWeek.values())));
    }

    private static List<WorkingSpan> spans(String field, @Nullable List<WorkingSpan> spans) {
        if (spans == null || spans.size() > MOST_SPANS) {
            throw bad(field, spans == null ? null : spans.size() + " spans", SPANS);
        }
        if (spans.stream().anyMatch(Objects::isNull)) {
            throw bad(field, "a span that is null", SPANS);
        }
        String before = "00:00";
        for (WorkingSpan span : spans) {
            boolean inOrder = isTime(span.from())
                    && isTime(span.to())
                    && span.from().compareTo(before) >= 0
                    && span.from().compareTo(span.to()) < 0;
            if (!inOrder) {
                throw bad(field, span.from() + " to " + span.to(), SPANS);
            }
            before = span.to();
        }
        return List.copyOf(spans);
    }

    private static boolean isTime(@Nullable String time) {
        return time != null && TIME.matcher(time).matches();
    }

    private static LocalDate day(String field, @Nullable String day, ProblemReason reason) {
        try {
            if (day != null && DATE.matcher(day).matches()) {
                return LocalDate.parse(day);
            }
        } catch (DateTimeException notADay) {
            // answered below, as one that is missing
        }
        throw new RequestProblem(reason, field, day, DAY);
    }

    private static RequestProblem unknown(String code) {
        return new RequestProblem(ProblemReason.UNKNOWN_UNIT, "code", code, "a unit of the map, within your own");
    }

    private static RequestProblem bad(String field, @Nullable String value, String expected) {
        return new RequestProblem(ProblemReason.BAD_BODY, field, value, expected);
    }

    /** As it was sent: every field may be missing or wrong. */
    record CalendarBody(
            @Nullable String validFrom,
            @Nullable Map<String, @Nullable List<WorkingSpan>> hours,
            @Nullable Map<String, @Nullable List<WorkingSpan>> days) {}
}
