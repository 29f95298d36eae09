package org.citybrain.dispatch.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-07-01 is a Wednesday. */
class WorkingCalendarsTest {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final String STREET = "500103001";
    private static final String GRID = "500103001001001";
    private static final String NINE_TO_SIX =
            "[{\"from\": \"09:00\", \"to\": \"12:00\"}, {\"from\": \"13:00\", \"to\": \"18:00\"}]";
    private static final String WEEK =
            "{\"MONDAY\": %1$s, \"TUESDAY\": %1$s, \"WEDNESDAY\": %1$s, \"THURSDAY\": %1$s, \"FRIDAY\": %1$s}"
                    .formatted(NINE_TO_SIX);

    private static final WorkingCalendars OFFICE = new WorkingCalendars(List.of(
            calendar("500103", "2026-01-01", WEEK, "{\"2026-07-02\": [], \"2026-07-04\": " + NINE_TO_SIX + "}")));

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-07-01T10:00, 2,  2026-07-01T12:00
            2026-07-01T10:00, 3,  2026-07-01T14:00
            2026-07-01T07:00, 1,  2026-07-01T10:00
            2026-07-01T20:00, 1,  2026-07-03T10:00
            2026-07-01T17:00, 9,  2026-07-03T18:00
            2026-07-03T17:00, 2,  2026-07-04T10:00
            2026-07-04T17:00, 2,  2026-07-06T10:00
            """)
    void only_working_hours_count_holidays_do_not_and_a_working_saturday_does(
            LocalDateTime start, int hours, LocalDateTime end) {
        assertThat(OFFICE.after(STREET, start.atZone(CITY).toInstant(), Duration.ofHours(hours)))
                .isEqualTo(end.atZone(CITY).toInstant());
    }

    @Test
    void without_a_calendar_every_hour_counts() {
        Instant start = Instant.parse("2026-07-04T15:00:00Z");

        assertThat(WorkingCalendars.NONE.after(STREET, start, Duration.ofDays(7)))
                .isEqualTo(start.plus(Duration.ofDays(7)));
        assertThat(OFFICE.after("500105001", start, Duration.ofDays(7)))
                .as("another district's calendar is not one's own")
                .isEqualTo(start.plus(Duration.ofDays(7)));
    }

    @Test
    void the_nearest_calendar_above_holds_from_its_day_on() {
        String round = "[{\"from\": \"00:00\", \"to\": \"24:00\"}]";
        WorkingCalendars calendars = new WorkingCalendars(List.of(
                calendar("500103", "2026-01-01", WEEK, "{}"),
                calendar(STREET, "2026-07-04", "{\"SATURDAY\": %1$s, \"SUNDAY\": %1$s}".formatted(round), "{}")));
        Instant fridayEvening =
                LocalDateTime.parse("2026-07-03T17:00").atZone(CITY).toInstant();

        assertThat(calendars.after(GRID, fridayEvening, Duration.ofHours(4)))
                .isEqualTo(LocalDateTime.parse("2026-07-04T03:00").atZone(CITY).toInstant());
        assertThat(calendars.after("500103002", fridayEvening, Duration.ofHours(4)))
                .isEqualTo(LocalDateTime.parse("2026-07-06T12:00").atZone(CITY).toInstant());
    }

    @Property
    void more_work_never_ends_earlier_and_never_before_the_clock_says_so(
            @ForAll @IntRange(max = 20_000) int minutesIntoJuly,
            @ForAll @IntRange(max = 5_000) int work,
            @ForAll @IntRange(max = 500) int more) {
        Instant start = LocalDateTime.parse("2026-07-01T00:00")
                .plusMinutes(minutesIntoJuly)
                .atZone(CITY)
                .toInstant();
        Instant end = OFFICE.after(STREET, start, Duration.ofMinutes(work));

        assertThat(end).isAfterOrEqualTo(start.plus(Duration.ofMinutes(work)));
        assertThat(OFFICE.after(STREET, start, Duration.ofMinutes(work + more))).isAfterOrEqualTo(end);
        assertThat(OFFICE.after(STREET, end, Duration.ofMinutes(more)))
                .as("in two portions as in one")
                .isEqualTo(OFFICE.after(STREET, start, Duration.ofMinutes(work + more)));
    }

    @Test
    void where_a_calendar_has_ended_the_one_above_holds_again() {
        String round = "[{\"from\": \"00:00\", \"to\": \"24:00\"}]";
        WorkingCalendars calendars = new WorkingCalendars(List.of(
                calendar("500103", "2026-01-01", WEEK, "{}"),
                ReadWorkingCalendar.read(
                        STREET,
                        LocalDate.parse("2026-02-01"),
                        LocalDate.parse("2026-07-02"),
                        "{\"WEDNESDAY\": %s}".formatted(round),
                        "{}")));
        Instant wednesdayEvening =
                LocalDateTime.parse("2026-07-01T20:00").atZone(CITY).toInstant();

        assertThat(calendars.after(GRID, wednesdayEvening, Duration.ofHours(5)))
                .isEqualTo(LocalDateTime.parse("2026-07-02T10:00").atZone(CITY).toInstant());
    }

    private static WorkingCalendar calendar(String unit, String from, String hours, String days) {
        return ReadWorkingCalendar.read(unit, LocalDate.parse(from), null, hours, days);
    }
}
