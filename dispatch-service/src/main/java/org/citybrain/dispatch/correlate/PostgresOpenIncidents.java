package org.citybrain.dispatch.correlate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Open incidents in the schema dispatch. */
@Component
class PostgresOpenIncidents implements OpenIncidents {

    /** The array is sorted and unnest keeps its order, so two batches always take common locks in the same order. */
    private static final String LOCK = """
            select count(*) from (
                select pg_advisory_xact_lock(key) from unnest(:keys) as key offset 0
            ) as locked
            """;

    /** Expects incident_open_by_cell of the partitions since :opened_since. */
    private static final String CANDIDATES = """
            select id, type, correlation_cell, st_x(location) as longitude, st_y(location) as latitude, first_occurred_at,
                   last_occurred_at
            from dispatch.incident
            where correlation_cell = any (:cells)
              and closed_at is null
              and id >= dispatch.lowest_id_at(:opened_since)
              and last_occurred_at >= :seen_from
              and first_occurred_at <= :seen_to
            """;

    /**
     * Expects the primary key of dispatch.incident, of each incident's own month, one by one and as if in order: without an order any other
     * index with the id in it will do for an empty month, and is gone through while that fills. That it is open is not asked for, as that
     * would let the index of open ones do.
     */
    static final String READ = """
            select id, closed_at, version, status, opened_at, type, st_x(location) as longitude, st_y(location) as latitude, grid_code, unit_codes,
                   commanding_unit, level, scope, needs_person, corroborated, correlation_cell, first_occurred_at, last_occurred_at,
                   report_count, st_asbinary(positions) as positions, sources, st_asbinary(footprint) as footprint,
                   st_asbinary(uncounted_footprint) as uncounted_footprint, people_reported, deaths, serious_injuries, loss_yuan, nothing_known,
                   map_version, grading_version, routing_version, correlation_version, catalogue_version, grade::text as grade,
                   graded_by_person, ruled_level, ruled_scope, visible_to
            from unnest(:ids::uuid[]) as wanted (wanted_id)
            cross join lateral (select * from dispatch.incident where id = any (array[wanted_id]) order by id limit 1) i
            order by id
            """;

    /** Expects the primary key of dispatch.task, of the months of these incidents. */
    private static final String TASKS = """
            select incident_id, %s
            from dispatch.task
            where incident_id = any (:ids) and incident_id between :lowest::uuid and :highest::uuid
            order by incident_id, unit_code, department_code nulls first
            """.formatted(PostgresTaskRow.COLUMNS);

    private final JdbcClient jdbc;

    PostgresOpenIncidents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lockCells(SortedSet<Long> cells) {
        lockKeys(cells.toArray(Long[]::new));
    }

    @Override
    public List<Candidate> list(SortedSet<Long> cells, Instant openedSince, Instant seenFrom, Instant seenTo) {
        return jdbc.sql(CANDIDATES)
                .param("cells", cells.toArray(Long[]::new))
                .param("opened_since", Timestamp.from(openedSince))
                .param("seen_from", Timestamp.from(seenFrom))
                .param("seen_to", Timestamp.from(seenTo))
                .query((row, i) -> new Candidate(
                        row.getObject("id", UUID.class),
                        row.getString("type"),
                        position(row),
                        row.getLong("correlation_cell"),
                        row.getTimestamp("first_occurred_at").toInstant(),
                        row.getTimestamp("last_occurred_at").toInstant()))
                .list();
    }

    @Override
    public void lock(Collection<UUID> incidents) {
        lockKeys(incidents.stream().map(IncidentId::lockKey).sorted().toArray(Long[]::new));
    }

    @Override
    public List<Incident> read(Collection<UUID> incidents) {
        UUID[] ids = incidents.toArray(UUID[]::new);
        List<Incident> open = new ArrayList<>();
        Map<UUID, List<TaskState>> tasks = new HashMap<>();
        // Ids begin with a moment after 1970 and have the same variant, so Java orders them as PostgreSQL does.
        jdbc.sql(TASKS)
                .param("ids", ids)
                .param("lowest", incidents.isEmpty() ? null : Collections.min(incidents))
                .param("highest", incidents.isEmpty() ? null : Collections.max(incidents))
                .query(row -> {
                    tasks.computeIfAbsent(row.getObject("incident_id", UUID.class), id -> new ArrayList<>())
                            .add(PostgresTaskRow.read(row));
                });
        jdbc.sql(READ).param("ids", ids).query(row -> {
            if (row.getTimestamp("closed_at") == null) {
                open.add(incident(row, tasks));
            }
        });
        return open;
    }

    private void lockKeys(Long[] keys) {
        jdbc.sql(LOCK).param("keys", keys).query(Long.class).single();
    }

    private static Incident incident(ResultSet row, Map<UUID, List<TaskState>> tasks) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String level = row.getString("level");
        String scope = row.getString("scope");
        return Incident.stored(
                id,
                row.getTimestamp("opened_at").toInstant(),
                row.getString("type"),
                position(row),
                row.getString("grid_code"),
                row.getLong("correlation_cell"),
                new Incident.Stored(
                        row.getInt("version"),
                        IncidentStatus.valueOf(row.getString("status")),
                        level == null ? null : Level.valueOf(level),
                        scope == null ? null : HandlingScope.valueOf(scope),
                        row.getBoolean("corroborated"),
                        row.getBoolean("needs_person"),
                        row.getString("commanding_unit"),
                        row.getLong("map_version"),
                        new PolicyVersions(
                                row.getInt("grading_version"),
                                row.getInt("routing_version"),
                                row.getInt("correlation_version"),
                                row.getInt("catalogue_version")),
                        row.getString("grade"),
                        texts(row.getArray("visible_to")),
                        tasks.getOrDefault(id, List.of()),
                        row.getBoolean("graded_by_person") ? personsGrade(row) : null),
                new Incident.Sums(
                        row.getTimestamp("first_occurred_at").toInstant(),
                        row.getTimestamp("last_occurred_at").toInstant(),
                        row.getInt("report_count"),
                        furtherPositions(row.getBytes("positions")),
                        texts(row.getArray("unit_codes")),
                        texts(row.getArray("sources")),
                        geometry(row.getBytes("footprint")),
                        geometry(row.getBytes("uncounted_footprint")),
                        row.getObject("people_reported", Long.class),
                        row.getObject("deaths", Long.class),
                        row.getObject("serious_injuries", Long.class),
                        row.getObject("loss_yuan", Long.class),
                        row.getBoolean("nothing_known")));
    }

    private static PersonsGrade personsGrade(ResultSet row) throws SQLException {
        String level = row.getString("ruled_level");
        String scope = row.getString("ruled_scope");
        return new PersonsGrade(
                level == null ? null : Level.valueOf(level), scope == null ? null : HandlingScope.valueOf(scope));
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getDouble("longitude"), row.getDouble("latitude"));
    }

    private static List<Position> furtherPositions(byte @Nullable [] wkb) {
        Geometry positions = geometry(wkb);
        return positions == null
                ? List.of()
                : Arrays.stream(positions.getCoordinates())
                        .skip(1)
                        .map(place -> new Position(place.x, place.y))
                        .toList();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static @Nullable Geometry geometry(byte @Nullable [] wkb) {
        try {
            return wkb == null ? null : new WKBReader().read(wkb);
        } catch (ParseException e) {
            throw new IllegalStateException("PostGIS gave a geometry that is no WKB", e);
        }
    }
}
