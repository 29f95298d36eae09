package org.citybrain.api.department;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what timelines tell of summons: of the reader's subtree, or of the own department. The view holds whose they are. */
@Component
class DepartmentLogQueries {

    // Index: incident_event_of_departments for the whistles of the period, then the primary key of incident_event for
    // what came of
    // them, or once more incident_event_of_departments where they are many. Lines of a summons are never older than its
    // whistle.
    private static final String LOG = """
            with whistled as materialized (
                select incident_id, check_in_id
                from dispatch.department_log_view
                where kind = 'WHISTLED' and recorded_at >= :from and recorded_at < :to
                  and (:department::text is null or department_code = :department)
                  and (:unit::text is null or starts_with(whistled_unit, :unit)))
            select l.check_in_id, l.kind, l.sequence, l.recorded_at, l.incident_id, l.incident_number, l.facts
            from whistled
            join dispatch.department_log_view l on l.incident_id = whistled.incident_id and l.check_in_id = whistled.check_in_id
            where l.recorded_at >= :from
            """;

    private final JdbcClient jdbc;

    DepartmentLogQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param department whose lines; null: those of all */
    List<LogLine> list(ScorePeriod period, @Nullable String department) {
        return jdbc.sql(LOG)
                .param("from", period.from().atOffset(ZoneOffset.UTC))
                .param("to", period.to().atOffset(ZoneOffset.UTC))
                .param("department", department)
                .param("unit", period.unit() == null ? null : period.unit().digits())
                .query(DepartmentLogQueries::line)
                .list();
    }

    private static LogLine line(ResultSet row, int number) throws SQLException {
        return new LogLine(
                row.getObject("check_in_id", UUID.class),
                LogLine.Kind.valueOf(row.getString("kind")),
                row.getLong("sequence"),
                row.getTimestamp("recorded_at").toInstant(),
                row.getObject("incident_id", UUID.class),
                row.getString("incident_number"),
                MessageJson.MAPPER.readValue(row.getString("facts"), LogLine.Facts.class));
    }
}
