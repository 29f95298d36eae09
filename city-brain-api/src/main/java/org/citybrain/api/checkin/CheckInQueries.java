package org.citybrain.api.checkin;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.access.Role;
import org.citybrain.api.command.AllowedCommands;
import org.citybrain.api.request.Page;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.api.unit.UnitQueries;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.Department;
import org.citybrain.messages.EffectivenessRating;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads check-ins: those of incidents that the person sees, and those of their own department. Row-level security holds it. */
@Component
public class CheckInQueries {

    private static final String COLUMNS = """
            id, incident_id, round, version, status, department_code, department_name, department_unit, task_id, whistled_at,
            whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from, checked_in_at, checked_in_by, st_x(location) as longitude,
            st_y(location) as latitude, distance_m, outside_surroundings, served_at, served_by, service, evidence, rated_at,
            rated_by, rating, rating_reason, ended_at""";

    // Index: check_in_in_order; check_in_of_department for those of one department; check_in_once_a_round for those of
    // one incident
    private static final String LIST = """
            select %s
            from dispatch.check_in_view
            where (cardinality(:statuses::text[]) = 0 or status = any(:statuses))
              and (:incidentId::uuid is null or incident_id = :incidentId)
              and (:department::text is null or department_code = :department)
              and (:ownDepartment::text is null or department_code = :ownDepartment)
              and (:whistler::text is null
                   or whistled_by = :whistler or (whistled_unit = :ownUnit::text and whistled_as = any(:ownRoles::text[])))
              and (:beforeAt::timestamptz is null or (whistled_at, id) < (:beforeAt, :beforeId::uuid))
            order by whistled_at desc, id desc
            limit :rows
            """.formatted(COLUMNS);

    // Index: the primary key
    private static final String ONE = """
            select %s
            from dispatch.check_in_view
            where id = :id
            """.formatted(COLUMNS);

    // Index: check_in_once_a_round
    private static final String OF_INCIDENT = """
            select %s
            from dispatch.check_in_view
            where incident_id = :id
            order by whistled_at, department_code
            """.formatted(COLUMNS);

    private final JdbcClient jdbc;
    private final UnitQueries units;
    private final AllowedCommands allowedCommands;

    CheckInQueries(JdbcClient jdbc, UnitQueries units, AllowedCommands allowedCommands) {
        this.jdbc = jdbc;
        this.units = units;
        this.allowedCommands = allowedCommands;
    }

    /** The last summoned first, in two statements. */
    Page<CheckIn> list(CheckInFilter filter, Person person) {
        boolean isDepartment = person.is(Role.DEPARTMENT);
        CheckInFilter.Place before = filter.before();
        List<Row> rows = Row.list(jdbc.sql(LIST)
                .param("statuses", filter.statuses().stream().map(Enum::name).toArray(String[]::new))
                .param("incidentId", filter.incidentId())
                .param("department", filter.department())
                .param("ownDepartment", filter.mine() && isDepartment ? String.valueOf(person.department()) : null)
                .param("whistler", filter.mine() && !isDepartment ? person.name() : null)
                .param("ownUnit", person.unit() == null ? null : person.unit().digits())
                .param("ownRoles", person.roles().stream().map(Enum::name).toArray(String[]::new))
                .param("beforeAt", before == null ? null : before.whistledAt().atOffset(ZoneOffset.UTC))
                .param("beforeId", before == null ? null : before.id())
                .param("rows", filter.limit() + 1));
        Page<Row> page = Page.of(rows, filter.limit(), row -> row.instant("whistled_at") + "/" + row.text("id"));
        NamedUnits names = names(page.items());
        return page.map(row -> checkIn(row, names));
    }

    Optional<CheckIn> find(UUID id) {
        List<Row> rows = Row.list(jdbc.sql(ONE).param("id", id));
        NamedUnits names = names(rows);
        return rows.stream().findFirst().map(row -> checkIn(row, names));
    }

    /** All of one incident, in the order of their whistles. */
    public List<CheckIn> ofIncident(UUID incidentId) {
        List<Row> rows = Row.list(jdbc.sql(OF_INCIDENT).param("id", incidentId));
        if (rows.isEmpty()) {
            return List.of();
        }
        NamedUnits names = names(rows);
        return rows.stream().map(row -> checkIn(row, names)).toList();
    }

    private NamedUnits names(List<Row> rows) {
        return units.names(rows.stream()
                .flatMap(row -> Stream.of(row.text("department_unit"), row.text("whistled_unit")))
                .toList());
    }

    private CheckIn checkIn(Row row, NamedUnits names) {
        var whistledAt = row.instant("whistled_at");
        return new CheckIn(
                row.uuid("id"),
                row.uuid("incident_id"),
                row.integer("round"),
                row.integer("version"),
                row.constant("status", CheckInStatus.class),
                new Department(row.text("department_code"), row.text("department_name")),
                names.at(row.text("department_unit"), whistledAt),
                row.uuid("task_id"),
                whistledAt,
                row.text("whistled_by"),
                names.at(row.text("whistled_unit"), whistledAt),
                row.text("reason"),
                row.instant("due_at"),
                row.instant("absent_from"),
                arrival(row),
                service(row),
                rating(row),
                row.findInstant("ended_at"),
                allowedCommands.onCheckIn(
                        row.constant("status", CheckInStatus.class),
                        row.text("department_unit"),
                        row.text("department_code"),
                        row.text("whistled_by"),
                        row.constant("whistled_as", Role.class),
                        row.text("whistled_unit")));
    }

    private static CheckIn.@Nullable Arrival arrival(Row row) {
        if (row.findInstant("checked_in_at") == null) {
            return null;
        }
        return new CheckIn.Arrival(
                row.instant("checked_in_at"),
                row.text("checked_in_by"),
                new Position(row.decimal("longitude"), row.decimal("latitude")),
                row.decimal("distance_m"),
                row.flag("outside_surroundings"),
                row.instant("checked_in_at").isAfter(row.instant("due_at")));
    }

    private static CheckIn.@Nullable Service service(Row row) {
        if (row.findInstant("served_at") == null) {
            return null;
        }
        return new CheckIn.Service(
                row.instant("served_at"),
                row.text("served_by"),
                row.text("service"),
                row.json("evidence").valueStream().map(JsonNode::asString).toList());
    }

    private static CheckIn.@Nullable Rating rating(Row row) {
        if (row.findInstant("rated_at") == null) {
            return null;
        }
        return new CheckIn.Rating(
                row.instant("rated_at"),
                row.text("rated_by"),
                row.constant("rating", EffectivenessRating.class),
                row.text("rating_reason"));
    }
}
