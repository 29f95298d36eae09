package org.citybrain.api.subscription.consume;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Incidents of which somebody is told, read for the city: each subscription's own reach is asked for afterwards. */
@Component
class PostgresIncidentsTold {

    /** Holds to the end of the transaction. Row-level security shows no row to a reader who has said nothing. */
    private static final String READ_FOR_THE_CITY = """
            select set_config('city_brain.unit', coalesce((select min(code) from grid.unit_view where tier = 'CITY'), ''), true)
            """;

    // Index: the primary keys of the partitions
    private static final String INCIDENTS = """
            select id, number, type, category, status, version, level, scope, opened_at, st_x(location) as longitude,
                   st_y(location) as latitude, grid_code, commanding_unit, people_affected, visible_to
            from dispatch.incident_view
            where id = any(:ids::uuid[])
            """;

    // Index: the primary keys of the partitions
    private static final String LEVELS = """
            select line.incident_id || ':' || line.sequence as event_id, line.level, line.scope, former.level as level_before,
                   former.scope as scope_before
            from unnest(:incidents::uuid[], :sequences::bigint[]) as w (incident_id, sequence)
            join dispatch.incident_event_view line on line.incident_id = w.incident_id and line.sequence = w.sequence
            cross join lateral (select e.level, e.scope from dispatch.incident_event_view e
                                where e.incident_id = w.incident_id and e.sequence < w.sequence
                                order by e.sequence desc limit 1) former
            """;

    private final JdbcClient jdbc;

    PostgresIncidentsTold(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** To be called first in the transaction. */
    void readForTheCity() {
        jdbc.sql(READ_FOR_THE_CITY).query().singleRow();
    }

    Map<UUID, IncidentTold> list(Collection<UUID> ids) {
        Map<UUID, IncidentTold> incidents = new HashMap<>();
        jdbc.sql(INCIDENTS)
                .param("ids", ids.stream().distinct().toArray(UUID[]::new))
                .query(row -> {
                    IncidentTold incident = incident(row);
                    incidents.put(incident.id(), incident);
                });
        return incidents;
    }

    /** What the lines of these happenings made of the level or scope, by event. */
    Map<String, Change> changes(List<Happening> happenings) {
        Map<String, Change> changes = new HashMap<>();
        jdbc.sql(LEVELS)
                .param(
                        "incidents",
                        happenings.stream().map(Happening::incidentId).toArray(UUID[]::new))
                .param("sequences", happenings.stream().map(Happening::sequence).toArray(Long[]::new))
                .query(row -> {
                    changes.put(
                            row.getString("event_id"),
                            new Change(
                                    level(row, "level_before"),
                                    level(row, "level"),
                                    scope(row, "scope_before"),
                                    scope(row, "scope")));
                });
        return changes;
    }

    /** A level or scope before and after a line of the timeline. */
    record Change(
            @Nullable Level levelBefore,
            @Nullable Level level,
            @Nullable HandlingScope scopeBefore,
            @Nullable HandlingScope scope) {

        boolean isUp() {
            return (levelBefore != null && level != null && level.compareTo(levelBefore) < 0)
                    || (scopeBefore != null && scope != null && scope.compareTo(scopeBefore) > 0);
        }
    }

    private static IncidentTold incident(ResultSet row) throws SQLException {
        return new IncidentTold(
                row.getObject("id", UUID.class),
                row.getString("number"),
                row.getString("type"),
                IncidentCategory.valueOf(row.getString("category")),
                IncidentStatus.valueOf(row.getString("status")),
                row.getInt("version"),
                level(row, "level"),
                scope(row, "scope"),
                row.getTimestamp("opened_at").toInstant(),
                new Position(row.getDouble("longitude"), row.getDouble("latitude")),
                row.getString("grid_code"),
                row.getString("commanding_unit"),
                row.getLong("people_affected"),
                new HashSet<>(
                        Arrays.asList((String[]) row.getArray("visible_to").getArray())));
    }

    private static @Nullable Level level(ResultSet row, String column) throws SQLException {
        String level = row.getString(column);
        return level == null ? null : Level.valueOf(level);
    }

    private static @Nullable HandlingScope scope(ResultSet row, String column) throws SQLException {
        String scope = row.getString(column);
        return scope == null ? null : HandlingScope.valueOf(scope);
    }
}
