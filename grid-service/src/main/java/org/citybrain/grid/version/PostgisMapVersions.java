package org.citybrain.grid.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads {@code grid.map_version}: a few rows a year, so none of these needs an index but the primary key. */
@Repository
public class PostgisMapVersions {

    private static final String LIST = """
            select id, effective_from, created_at, provenance, note
            from grid.map_version_view
            order by id desc
            """;

    private static final String NEWEST = LIST + " limit 1";

    private static final String IN_FORCE = """
            select id, effective_from, created_at, provenance, note
            from grid.map_version_view
            where effective_from <= :at
            order by effective_from desc, id desc
            limit 1
            """;

    private static final String FIND = """
            select id, effective_from, created_at, provenance, note
            from grid.map_version_view
            where id = :id
            """;

    private static final String UNANNOUNCED = """
            select id, effective_from, created_at, provenance, note
            from grid.map_version
            where status = 'PUBLISHED' and announced_at is null
            order by id
            """;

    private static final String NOTE_ANNOUNCED = """
            update grid.map_version set announced_at = :now where id = :id and announced_at is null
            """;

    /** Index: unit_version_of_map and unit_version_ended. */
    private static final String CHANGED = """
            select code from grid.unit_view where map_version = :id
            union
            select v.code
            from grid.unit_view v join grid.map_version_view m on v.valid_to = m.effective_from
            where m.id = :id
            order by code
            limit :most
            """;

    private final JdbcClient jdbc;

    PostgisMapVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All, the newest first. */
    public List<MapVersion> list() {
        return jdbc.sql(LIST).query(PostgisMapVersions::version).list();
    }

    /** @throws RequestProblem {@code UNKNOWN_MAP_VERSION} */
    MapVersion get(String parameter, long id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query(PostgisMapVersions::version)
                .optional()
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.UNKNOWN_MAP_VERSION,
                        parameter,
                        Long.toString(id),
                        "a version that /v1/map-versions lists"));
    }

    /** Those that nobody has been told of, the oldest first. */
    public List<MapVersion> listUnannounced() {
        return jdbc.sql(UNANNOUNCED).query(PostgisMapVersions::version).list();
    }

    public void noteAnnounced(long id, Instant now) {
        jdbc.sql(NOTE_ANNOUNCED)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Units that a version created, changed or ended.
     *
     * @param most no more than these
     */
    public List<String> listChanged(long id, int most) {
        return jdbc.sql(CHANGED)
                .param("id", id)
                .param("most", most)
                .query((row, number) -> row.getString("code"))
                .list();
    }

    /** The one that was made last, be it in force or not yet. */
    public Optional<MapVersion> findNewest() {
        return jdbc.sql(NEWEST).query(PostgisMapVersions::version).optional();
    }

    /**
     * The one in force at a moment.
     *
     * @throws RequestProblem {@code NO_MAP} if there was none
     */
    public MapVersion getInForce(Instant at) {
        return jdbc.sql(IN_FORCE)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(PostgisMapVersions::version)
                .optional()
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.NO_MAP, "at", at.toString(), "a moment at which a map was in force"));
    }

    static MapVersion version(ResultSet row, int number) throws SQLException {
        return new MapVersion(
                row.getLong("id"),
                row.getObject("effective_from", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("provenance"),
                row.getString("note"));
    }
}
