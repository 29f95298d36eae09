package org.citybrain.dispatch.rehearse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.messages.Department;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Single incidents with their grade records: those that a rehearsal shows one by one. */
@Component
class PostgresDecidedIncidents {

    /** Those that people have merged into another are none of their own, as in COUNT. Expects the primary key of dispatch.incident. */
    private static final String READ = """
            select id, dispatch.readable_number(opened_at, number) as number, type, coalesce(level, scope) as label, commanding_unit,
                   people_affected, grade::text as grade, map_version, grading_version, routing_version, correlation_version,
                   catalogue_version
            from dispatch.incident
            where id = any (:ids) and status <> 'MERGED'
            """;

    private static final String CLOSED =
            "select id, closed_at from dispatch.incident where id = any (:ids) and closed_at is not null";

    private static final String COUNT = """
            select coalesce(level, scope) as label, commanding_unit, count(*) as incidents
            from dispatch.incident
            where id >= dispatch.lowest_id_at(:from) and id < dispatch.lowest_id_at(:to) and status <> 'MERGED'
            group by 1, 2
            """;

    /** Expects the primary key of dispatch.task. */
    private static final String TASKS = """
            select tier, role, department_code, max(department_name) as department_name, count(*) as tasks
            from dispatch.task
            where incident_id = any (:ids)
            group by tier, role, department_code
            """;

    /** Reads all tasks of the period: a department has one of few. */
    private static final String DEPARTMENTS = """
            select department_code, max(department_name) as department_name, count(*) as tasks
            from dispatch.task
            where incident_id >= dispatch.lowest_id_at(:from) and incident_id < dispatch.lowest_id_at(:to)
              and department_code is not null
            group by department_code
            """;

    /** Expects the primary key of dispatch.incident. */
    private static final String PLACES = """
            select id, st_x(location) as longitude, st_y(location) as latitude, st_asbinary(footprint) as footprint
            from dispatch.incident
            where id = any (:ids)
            """;

    private final JdbcClient jdbc;

    PostgresDecidedIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<UUID, DecidedIncident> read(Collection<UUID> ids) {
        Map<UUID, DecidedIncident> incidents = new HashMap<>();
        jdbc.sql(READ).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            UUID id = row.getObject("id", UUID.class);
            incidents.put(
                    id,
                    new DecidedIncident(
                            row.getString("number"),
                            row.getString("type"),
                            row.getString("label"),
                            row.getString("commanding_unit"),
                            row.getLong("people_affected"),
                            MessageJson.MAPPER.readValue(row.getString("grade"), GradeRecord.class),
                            row.getLong("map_version"),
                            row.getInt("grading_version"),
                            row.getInt("routing_version"),
                            row.getInt("correlation_version"),
                            row.getInt("catalogue_version")));
        });
        return incidents;
    }

    /** Those of these that take in no more reports, and since when. */
    void forEachClosed(Collection<UUID> ids, BiConsumer<UUID, Instant> take) {
        jdbc.sql(CLOSED).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            take.accept(
                    row.getObject("id", UUID.class),
                    row.getTimestamp("closed_at").toInstant());
        });
    }

    /** How many incidents of the period have each level or scope and each command. */
    List<Counted> count(Period period) {
        return jdbc.sql(COUNT)
                .param("from", Timestamp.from(period.from() == null ? Instant.EPOCH : period.from()))
                .param("to", Timestamp.from(period.to()))
                .query((row, i) ->
                        new Counted(row.getString("label"), row.getString("commanding_unit"), row.getLong("incidents")))
                .list();
    }

    /** How many tasks these incidents have. */
    void forEachTaskCount(Collection<UUID> ids, TakeTaskCount take) {
        jdbc.sql(TASKS).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            take.take(
                    Tier.valueOf(row.getString("tier")),
                    TaskRole.valueOf(row.getString("role")),
                    row.getString("department_code") == null ? null : department(row),
                    row.getLong("tasks"));
        });
    }

    /** How many tasks each department has of incidents of the period. */
    void forEachDepartment(Period period, ObjLongConsumer<Department> take) {
        jdbc.sql(DEPARTMENTS)
                .param("from", Timestamp.from(period.from() == null ? Instant.EPOCH : period.from()))
                .param("to", Timestamp.from(period.to()))
                .query(row -> {
                    take.accept(department(row), row.getLong("tasks"));
                });
    }

    Map<UUID, Lying> places(Collection<UUID> ids) {
        Map<UUID, Lying> places = new HashMap<>();
        WKBReader reader = new WKBReader();
        jdbc.sql(PLACES).param("ids", ids.toArray(UUID[]::new)).query(row -> {
            byte[] footprint = row.getBytes("footprint");
            places.put(
                    row.getObject("id", UUID.class),
                    new Lying(
                            new Position(row.getDouble("longitude"), row.getDouble("latitude")),
                            footprint == null ? null : geometry(reader, footprint)));
        });
        return places;
    }

    private static Geometry geometry(WKBReader reader, byte[] wkb) {
        try {
            return reader.read(wkb);
        } catch (ParseException e) {
            throw new IllegalStateException("a footprint cannot be read", e);
        }
    }

    private static Department department(ResultSet row) throws SQLException {
        return new Department(row.getString("department_code"), row.getString("department_name"));
    }

    /** @see #forEachTaskCount */
    interface TakeTaskCount {
        void take(Tier tier, TaskRole role, @Nullable Department department, long tasks);
    }

    /** Where an incident lies, and what it covers. */
    record Lying(Position position, @Nullable Geometry footprint) {}

    record Counted(String label, String commandingUnit, long incidents) {}

    /** @param label a level or a scope */
    record DecidedIncident(
            @Nullable String number,
            String type,
            String label,
            String commandingUnit,
            long peopleAffected,
            GradeRecord record,
            long mapVersion,
            int gradingVersion,
            int routingVersion,
            int correlationVersion,
            int catalogueVersion) {}
}
