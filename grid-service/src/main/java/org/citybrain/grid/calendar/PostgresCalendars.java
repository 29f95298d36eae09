package org.citybrain.grid.calendar;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.UnitCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** The working calendars. Each change, the number that tells dispatch-service of it and its audit line are one transaction. */
@Repository
class PostgresCalendars {

    /** Of each unit the one that began last, if it has not ended. Index: the primary key. The nearest unit has the longest code. */
    private static final String HOLDING = """
            select unit_code, valid_from, hours::text as hours, days::text as days
            from (select distinct on (unit_code) unit_code, valid_from, valid_to, hours, days
                  from grid.working_calendar
                  where unit_code = any (:chain) and valid_from <= :day
                  order by unit_code, valid_from desc) began_last
            where valid_to is null or valid_to > :day
            order by length(unit_code) desc
            limit 1
            """;

    private static final String PUT = """
            insert into grid.working_calendar (unit_code, valid_from, hours, days, changed_at)
            values (:unit, :valid_from, :hours::jsonb, :days::jsonb, :now)
            on conflict (unit_code, valid_from) do update
            set hours = excluded.hours, days = excluded.days, changed_at = excluded.changed_at, valid_to = null
            """;

    /** Index: the primary key, as for the two that follow. */
    private static final String BEGAN_LAST = """
            select valid_from
            from (select valid_from, valid_to from grid.working_calendar
                  where unit_code = :unit and valid_from <= :today
                  order by valid_from desc limit 1) began_last
            where valid_to is null or valid_to > :today
            """;

    private static final String FORGET_PLANNED =
            "delete from grid.working_calendar where unit_code = :unit and valid_from >= :day";

    private static final String END = """
            update grid.working_calendar set valid_to = :day, changed_at = :now
            where unit_code = :unit and (valid_to is null or valid_to > :day)
              and valid_from = (select max(valid_from) from grid.working_calendar where unit_code = :unit and valid_from < :day)
            """;

    private static final String COUNT_CHANGE = "update grid.calendar_change set number = number + 1";

    private static final TypeReference<Map<java.time.DayOfWeek, List<WorkingSpan>>> HOURS = new TypeReference<>() {};
    private static final TypeReference<Map<LocalDate, List<WorkingSpan>>> DAYS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    PostgresCalendars(JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The unit's own, or that of the nearest unit above which has one that holds on the day. */
    Optional<WorkingCalendar> findHolding(UnitCode unit, LocalDate day) {
        return jdbc.sql(HOLDING)
                .param("chain", unit.chain().stream().map(UnitCode::digits).toArray(String[]::new))
                .param("day", day)
                .query((row, i) -> new WorkingCalendar(
                        new UnitCode(row.getString("unit_code")),
                        row.getObject("valid_from", LocalDate.class),
                        MessageJson.MAPPER.readValue(row.getString("hours"), HOURS),
                        MessageJson.MAPPER.readValue(row.getString("days"), DAYS)))
                .optional();
    }

    /** From when on the unit's own calendar of that day holds; absent where it has none. */
    Optional<LocalDate> findBegin(UnitCode unit, LocalDate today) {
        return jdbc.sql(BEGAN_LAST)
                .param("unit", unit.digits())
                .param("today", today)
                .query(LocalDate.class)
                .optional();
    }

    /** From that day on the unit has none of its own; false where it had none. What was planned for later is gone, what held stays. */
    @Transactional
    public boolean end(UnitCode unit, LocalDate day) {
        int forgotten = jdbc.sql(FORGET_PLANNED)
                .param("unit", unit.digits())
                .param("day", day)
                .update();
        int ended = jdbc.sql(END)
                .param("unit", unit.digits())
                .param("day", day)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        if (forgotten + ended == 0) {
            return false;
        }
        jdbc.sql(COUNT_CHANGE).update();
        audit.write(AuditLine.done(
                "calendar.end", unit.digits(), Map.of("effectiveFrom", day.toString(), "planned", forgotten)));
        return true;
    }

    @Transactional
    public void put(WorkingCalendar calendar) {
        jdbc.sql(PUT)
                .param("unit", calendar.unit().digits())
                .param("valid_from", calendar.validFrom())
                .param("hours", MessageJson.MAPPER.writeValueAsString(calendar.hours()))
                .param("days", MessageJson.MAPPER.writeValueAsString(calendar.days()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql(COUNT_CHANGE).update();
        audit.write(AuditLine.done(
                "calendar.put",
                calendar.unit().digits(),
                Map.of(
                        "validFrom",
                        calendar.validFrom().toString(),
                        "days",
                        calendar.days().size())));
    }
}
