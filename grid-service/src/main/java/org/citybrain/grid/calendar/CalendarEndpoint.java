package org.citybrain.grid.calendar;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import org.citybrain.access.Person;
import org.citybrain.grid.calendar.ReadCalendar.CalendarBody;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/units/{code}/calendar")
@Tag(name = "calendars", description = "When units work: deadlines that are counted in working time run only then.")
class CalendarEndpoint {

    private final PostgresCalendars calendars;
    private final ReadCalendar read;

    CalendarEndpoint(PostgresCalendars calendars, ReadCalendar read) {
        this.calendars = calendars;
        this.read = read;
    }

    @GetMapping
    @Operation(
            summary = "The working calendar that holds for a unit",
            description =
                    "Its own, or that of the nearest unit above that has one: `calendarOf`. Where there is none, every hour"
                            + " counts: `always`. Times are the city's own.")
    CalendarAnswer get(
            @PathVariable String code,
            @Parameter(
                            description = "As of this day; absent: today in the city.",
                            schema = @Schema(type = "string", format = "date", example = "2026-10-01"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        UnitCode unit = read.unit(code);
        LocalDate day = read.day(at);
        return calendars
                .findHolding(unit, day)
                .map(calendar -> CalendarAnswer.of(unit, calendar))
                .orElseGet(() -> CalendarAnswer.always(unit));
    }

    @PutMapping
    @Operation(
            summary = "Gives a unit a working calendar from a day on",
            description =
                    "It holds until the unit's next calendar begins; one that begins on the same day is replaced. `hours` by"
                            + " weekday, a weekday that is not named is free; `days` are other than their weekday: without a span a"
                            + " holiday. Deadlines that are set already stay as they are. The change is in the audit trail.")
    CalendarAnswer put(
            @PathVariable String code,
            @RequestBody CalendarBody body,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        WorkingCalendar calendar = read.calendar(read.ownUnit(code, person), body);
        calendars.put(calendar);
        return CalendarAnswer.of(calendar.unit(), calendar);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Ends a unit's own working calendar from a day on",
            description =
                    "From then on that of the nearest unit above holds. With all that was planned for the unit from that day"
                            + " on; what held before can still be read. A day before the calendar began that holds today is refused (409,"
                            + " `BEFORE_VERSION_IN_FORCE`). Deadlines that are set already stay as they are.")
    void end(
            @PathVariable String code,
            @Parameter(
                            description = "From this day on; absent: today in the city.",
                            schema = @Schema(type = "string", format = "date", example = "2026-10-01"))
                    @RequestParam(required = false)
                    @Nullable
                    String effectiveFrom,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        UnitCode unit = read.ownUnit(code, person);
        LocalDate day = read.effectiveFrom(effectiveFrom);
        calendars.findBegin(unit, read.day(null)).filter(day::isBefore).ifPresent(began -> {
            throw new RequestProblem(
                    ProblemReason.BEFORE_VERSION_IN_FORCE,
                    "effectiveFrom",
                    day.toString(),
                    "a day from " + began + " on");
        });
        if (!calendars.end(unit, day)) {
            throw new RequestProblem(
                    ProblemReason.UNKNOWN_CALENDAR,
                    "code",
                    code,
                    "a unit that has a calendar of its own on " + day + " or later");
        }
    }
}
