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

    private final JdbcClient jdbc;

    PostgisMapVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All, the newest first. */
    public List<MapVersion> list() {
        return jdbc.sql(LIST).query(PostgisMapVersions::version).list();
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
