package org.citybrain.dispatch.command.incident;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The reports of an incident, in dispatch.report: the oldest first. All expect report_by_incident of each month. */
@Component
class PostgresIncidentReports {

    private static final String PLACES = """
            select report_id, type, st_x(location) as longitude, st_y(location) as latitude
            from dispatch.report
            where incident_id = :incident
            order by received_at, report_id
            """;

    private static final String LIST = """
            select report::text as report, trace_id
            from dispatch.report
            where incident_id = :incident
            order by received_at, report_id
            """;

    private static final String MOVE_ALL = """
            update dispatch.report set incident_id = :to where incident_id = :from
            """;

    private static final String MOVE = """
            update dispatch.report set incident_id = :to where incident_id = :from and report_id = any (:reports)
            """;

    private final JdbcClient jdbc;
    private final ReadReports readReports;

    PostgresIncidentReports(JdbcClient jdbc, ReadReports readReports) {
        this.jdbc = jdbc;
        this.readReports = readReports;
    }

    List<Place> places(UUID incident) {
        return jdbc.sql(PLACES)
                .param("incident", incident)
                .query((row, i) -> new Place(
                        row.getObject("report_id", UUID.class),
                        row.getString("type"),
                        new Position(row.getDouble("longitude"), row.getDouble("latitude"))))
                .list();
    }

    List<ConsumedReport> list(UUID incident) {
        return jdbc.sql(LIST)
                .param("incident", incident)
                .query((row, i) -> readReports.readStored(row.getString("report"), row.getString("trace_id")))
                .list();
    }

    void moveAll(UUID from, UUID to) {
        jdbc.sql(MOVE_ALL).param("from", from).param("to", to).update();
    }

    void move(UUID from, UUID to, Collection<UUID> reports) {
        jdbc.sql(MOVE)
                .param("from", from)
                .param("to", to)
                .param("reports", reports.toArray(UUID[]::new))
                .update();
    }

    /** A report, as far as it matters for the choice of what to lock. */
    record Place(UUID reportId, String type, Position position) {}
}
