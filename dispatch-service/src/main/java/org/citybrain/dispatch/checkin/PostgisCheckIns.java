package org.citybrain.dispatch.checkin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.access.Role;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Check-ins in dispatch.check_in. All are written under the lock of their incident. */
@Component
class PostgisCheckIns {

    private static final String COLUMNS = """
            id, incident_id, round, version, status, department_code, department_name, department_unit, task_id, whistled_at,
            whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from, surroundings_m,
            case when status in ('ABSENT', 'RELEASED') then '%s'
                 else 'person:' || coalesce(rated_by, served_by, checked_in_by, whistled_by) end as changed_by""".formatted(EndSummons.RULE);

    /** Expects the primary key of dispatch.check_in. */
    private static final String FIND = """
            select %s
            from dispatch.check_in
            where id = :id
            """.formatted(COLUMNS);

    /** Expects check_in_unfinished. */
    private static final String LIST_UNFINISHED = """
            select %s
            from dispatch.check_in
            where incident_id = :incident and department_code = any(:departments) and status in ('SUMMONED', 'CHECKED_IN', 'SERVED')
            order by department_code
            """.formatted(COLUMNS);

    /** Expects check_in_once_a_round. */
    private static final String COUNT_ROUNDS = """
            select count(*) from dispatch.check_in where incident_id = :incident and department_code = :department
            """;

    private static final String INSERT = """
            insert into dispatch.check_in (id, incident_id, round, version, status, department_code, department_name, department_unit,
                                           task_id, whistled_at, whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from,
                                           surroundings_m)
            values (:id, :incident, :round, :version, :status, :department, :name, :unit, :task, :whistled_at, :whistled_by, :whistled_as,
                    :whistled_unit, :reason, :due_at, :absent_from, :surroundings)
            """;

    private static final String CHECK_IN = """
            update dispatch.check_in
            set version = version + 1, status = 'CHECKED_IN', checked_in_at = :at, checked_in_by = :by,
                location = st_setsrid(st_makepoint(:longitude, :latitude), 4326), distance_m = :distance,
                outside_surroundings = :outside
            where id = :id
            """;

    private static final String SERVE = """
            update dispatch.check_in
            set version = version + 1, status = 'SERVED', served_at = :at, served_by = :by, service = :text, evidence = :evidence::json
            where id = :id
            """;

    private static final String RATE = """
            update dispatch.check_in
            set version = version + 1, status = 'RATED', rated_at = :at, rated_by = :by, rating = :rating, rating_reason = :reason,
                ended_at = :at
            where id = :id
            """;

    private final JdbcClient jdbc;

    PostgisCheckIns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CheckIn> find(UUID id) {
        return jdbc.sql(FIND).param("id", id).query(PostgisCheckIns::checkIn).optional();
    }

    CheckIn get(UUID id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no check-in has the id " + id));
    }

    /** Those of these departments that have been summoned to the incident and are not done with. */
    List<CheckIn> listUnfinished(UUID incident, Collection<String> departments) {
        return jdbc.sql(LIST_UNFINISHED)
                .param("incident", incident)
                .param("departments", departments.toArray(String[]::new))
                .query(PostgisCheckIns::checkIn)
                .list();
    }

    /** How often a department has been summoned to an incident. */
    int countRounds(UUID incident, String department) {
        return jdbc.sql(COUNT_ROUNDS)
                .param("incident", incident)
                .param("department", department)
                .query(Integer.class)
                .single();
    }

    void insert(CheckIn checkIn) {
        jdbc.sql(INSERT)
                .param("id", checkIn.id())
                .param("incident", checkIn.incidentId())
                .param("round", checkIn.round())
                .param("version", checkIn.version())
                .param("status", checkIn.status().name())
                .param("department", checkIn.department().code())
                .param("name", checkIn.department().name())
                .param("unit", checkIn.departmentUnit())
                .param("task", checkIn.taskId())
                .param("whistled_at", Timestamp.from(checkIn.whistledAt()))
                .param("whistled_by", checkIn.whistledBy())
                .param("whistled_as", checkIn.whistledAs().name())
                .param("whistled_unit", checkIn.whistledUnit())
                .param("reason", checkIn.reason())
                .param("due_at", Timestamp.from(checkIn.dueAt()))
                .param("absent_from", Timestamp.from(checkIn.absentFrom()))
                .param("surroundings", checkIn.surroundingsMeters())
                .update();
    }

    /** @param outside whether that is too far from the incident */
    void checkIn(UUID id, Instant at, String by, Position place, double distance, boolean outside) {
        jdbc.sql(CHECK_IN)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .param("longitude", place.longitude())
                .param("latitude", place.latitude())
                .param("distance", distance)
                .param("outside", outside)
                .update();
    }

    void serve(UUID id, Instant at, String by, String text, List<String> evidence) {
        jdbc.sql(SERVE)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .param("text", text)
                .param("evidence", MessageJson.MAPPER.writeValueAsString(evidence))
                .update();
    }

    void rate(UUID id, Instant at, String by, EffectivenessRating rating, String reason) {
        jdbc.sql(RATE)
                .param("id", id)
                .param("at", Timestamp.from(at))
                .param("by", by)
                .param("rating", rating.name())
                .param("reason", reason)
                .update();
    }

    private static CheckIn checkIn(ResultSet row, int number) throws SQLException {
        return new CheckIn(
                row.getObject("id", UUID.class),
                row.getObject("incident_id", UUID.class),
                row.getInt("round"),
                row.getInt("version"),
                CheckInStatus.valueOf(row.getString("status")),
                new Department(row.getString("department_code"), row.getString("department_name")),
                row.getString("department_unit"),
                row.getObject("task_id", UUID.class),
                row.getTimestamp("whistled_at").toInstant(),
                row.getString("whistled_by"),
                Role.valueOf(row.getString("whistled_as")),
                row.getString("whistled_unit"),
                row.getString("reason"),
                row.getTimestamp("due_at").toInstant(),
                row.getTimestamp("absent_from").toInstant(),
                row.getInt("surroundings_m"),
                row.getString("changed_by"));
    }
}
