package org.citybrain.api.task;

import java.time.Instant;
import java.util.stream.Stream;
import org.citybrain.api.command.AllowedCommands;
import org.citybrain.api.incident.TypeNames;
import org.citybrain.api.row.Row;
import org.citybrain.api.unit.NamedUnits;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;

/** Reads a task, with what it is about, from a row. */
public final class TaskRow {

    /** What a statement selects of a task {@code t}, its incident {@code i} and the incident's type {@code y}. */
    public static final String COLUMNS = """
            t.incident_id, t.id, t.version, t.tier, t.unit_code, t.role, t.status, t.dispatched_at, t.acknowledge_by, t.resolve_by,
                   t.due_from, t.due_at, t.digest, t.department_code, t.department_name, t.board, i.number, i.type, y.name_zh, y.name_en,
                   i.status as incident_status, i.version as incident_version, i.level, i.scope, st_x(i.location) as longitude,
                   st_y(i.location) as latitude, i.grid_code, i.opened_at,
                   case when t.role = 'COMMAND' and i.level in ('I', 'II')
                        then (select s.next_report_by from dispatch.incident_situation_view s where s.id = t.incident_id) end
                       as situation_report_by""";

    private TaskRow() {}

    /** The units that have to be named. */
    public static Stream<String> units(Row row) {
        return Stream.of(row.text("unit_code"), row.text("grid_code"));
    }

    /** @param commands says what the reader may do with it now */
    public static Task read(Row row, NamedUnits names, AllowedCommands commands) {
        TaskRole role = row.constant("role", TaskRole.class);
        TaskStatus status = row.constant("status", TaskStatus.class);
        CalledDepartment department = CalledDepartment.find(row);
        Instant dispatchedAt = row.instant("dispatched_at");
        return new Task(
                row.uuid("id"),
                row.uuid("incident_id"),
                incident(row, names),
                row.integer("version"),
                row.constant("tier", Tier.class),
                names.at(row.text("unit_code"), dispatchedAt),
                role,
                status,
                dispatchedAt,
                row.findInstant("acknowledge_by"),
                row.findInstant("resolve_by"),
                row.findInstant("due_from"),
                row.findInstant("due_at"),
                row.findInstant("situation_report_by"),
                row.flag("digest"),
                department,
                row.findText("board"),
                commands.onTask(
                        row.constant("incident_status", IncidentStatus.class),
                        role,
                        status,
                        row.text("unit_code"),
                        department == null ? null : department.code()));
    }

    private static Task.About incident(Row row, NamedUnits names) {
        return new Task.About(
                row.text("number"),
                row.text("type"),
                new TypeNames(row.findText("name_zh"), row.findText("name_en")),
                row.constant("incident_status", IncidentStatus.class),
                row.integer("incident_version"),
                row.findConstant("level", Level.class),
                row.findConstant("scope", HandlingScope.class),
                new Position(row.decimal("longitude"), row.decimal("latitude")),
                names.at(row.text("grid_code"), row.instant("opened_at")));
    }
}
