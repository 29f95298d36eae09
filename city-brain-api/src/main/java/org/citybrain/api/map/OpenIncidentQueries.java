package org.citybrain.api.map;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Consumer;
import org.citybrain.access.Person;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads what is open. As with the list of incidents, a filter that was not given falls out of the plan. */
@Component
class OpenIncidentQueries {

    // Index: incident_open_by_cell or incident_open_by_square of each month, which hold the open ones only; the primary
    // key for ids
    private static final String LIST = """
            select i.id, i.number, st_x(i.location) as longitude, st_y(i.location) as latitude, i.level, i.scope, i.status, i.type,
                   i.people_affected, i.opened_at, t.due_from, t.due_at, i.commanding_unit, i.grid_code, i.version
            from (select id, number, location, level, scope, status, type, people_affected, opened_at, commanding_unit, grid_code, version
                  from dispatch.incident_view
                  where closed_at is null
                    and (:unit::text is null or visible_to @> array[:unit::text])
                    and (cardinality(:levels::text[]) = 0 or level = any(:levels))
                    and (cardinality(:types::text[]) = 0 or type = any(:types))
                    and (cardinality(:ids::uuid[]) = 0 or id = any(:ids))) i
            %s
            order by array_position(array['I', 'II', 'III', 'IV', 'R3', 'R2', 'R1'], coalesce(i.level, i.scope)), t.due_at nulls last, i.id
            limit :rows
            """;

    // Index: the primary key of each incident's tasks
    static final String OF_SOME = LIST.formatted("""
            left join lateral (select next[1] as due_at, next[2] as due_from
                               from (select min(array[due_at, due_from]) filter (where due_at is not null) as next
                                     from dispatch.task_view
                                     where incident_id = i.id) of_one) t on true
            """);

    // Index: task_open_by_unit of each month, which holds the open ones only: all of them, once
    static final String OF_THE_CITY = LIST.formatted("""
            left join (select distinct on (incident_id) incident_id, due_from, due_at
                       from dispatch.task_view
                       where status not in ('COMPLETED', 'RETURNED') and due_at is not null
                       order by incident_id, due_at) t on t.incident_id = i.id
            """);

    /** How much somebody sees is hidden from the planner, which takes it for next to nothing: it shall not go through the tasks anew for each. */
    private static final String JOIN_AT_ONCE = "select set_config('enable_nestloop', 'off', true)";

    private static final int AT_ONCE = 2_000;

    private final JdbcClient jdbc;

    OpenIncidentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The gravest first, then by their next deadline, in one statement; they are never all held here. */
    @Transactional(readOnly = true)
    public void forEach(OpenIncidentFilter filter, int most, Consumer<OpenIncident> action) {
        boolean ofTheCity = isOfTheCity(filter);
        if (ofTheCity) {
            jdbc.sql(JOIN_AT_ONCE).query().singleRow();
        }
        jdbc.sql(ofTheCity ? OF_THE_CITY : OF_SOME)
                .param("unit", filter.unit() == null ? null : filter.unit().digits())
                .param("levels", filter.levels().stream().map(Enum::name).toArray(String[]::new))
                .param("types", filter.types().toArray(String[]::new))
                .param("ids", filter.ids().toArray(UUID[]::new))
                .param("rows", most)
                .withFetchSize(AT_ONCE)
                .query(row -> {
                    action.accept(incident(row));
                });
    }

    /** Whether what is open in the whole city is asked for, by somebody who sees it. */
    private static boolean isOfTheCity(OpenIncidentFilter filter) {
        UnitCode wanted =
                filter.unit() == null ? Person.findCurrent().map(Person::unit).orElse(null) : filter.unit();
        return filter.ids().isEmpty() && wanted != null && wanted.tier() == Tier.CITY;
    }

    private static OpenIncident incident(ResultSet row) throws SQLException {
        return new OpenIncident(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getDouble("longitude"),
                row.getDouble("latitude"),
                constant(row, "level", Level.class),
                constant(row, "scope", HandlingScope.class),
                IncidentStatus.valueOf(row.getString("status")),
                row.getString("type"),
                row.getLong("people_affected"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                moment(row, "due_from"),
                moment(row, "due_at"),
                row.getString("commanding_unit"),
                row.getString("grid_code"),
                row.getInt("version"));
    }

    private static <E extends Enum<E>> @Nullable E constant(ResultSet row, String column, Class<E> type)
            throws SQLException {
        String name = row.getString(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
