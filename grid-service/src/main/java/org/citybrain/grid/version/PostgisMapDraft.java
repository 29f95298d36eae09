package org.citybrain.grid.version;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * A version of the map while it is being written: in parts, each a short transaction, seen by nobody until it is published in one.
 * So a load can be broken off and taken up again, and holds back nothing that waits for old transactions. There is one draft at a
 * time; who writes one holds {@link PostgresMapLock}.
 */
@Repository
public class PostgisMapDraft {

    private static final String FIND = """
            select id, effective_from, created_at, provenance, note
            from grid.map_version
            where status = 'DRAFT'
            """;

    private static final String BEGIN = """
            insert into grid.map_version (effective_from, created_at, provenance, note, status)
            values (?, ?, ?, ?, 'DRAFT')
            returning id
            """;

    private static final String STAGE = """
            create temporary table staged_unit (
                code text, name text, population bigint, boundary geometry, representative_point geometry, former_code text,
                provenance text
            ) on commit drop
            """;

    private static final String INSERT_UNITS = """
            insert into grid.unit (code)
            select code from staged_unit order by length(code), code
            on conflict do nothing
            """;

    /**
     * The area is taken in an equal-area projection of the ellipsoid (EPSG:6933), in square kilometres: a sixth of what it costs
     * as geography, and within a hundred-thousandth of that.
     */
    private static final String INSERT_UNIT_VERSIONS = """
            insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                           area_km2, provenance, tier, former_code)
            select s.code, m.effective_from, m.id, s.name, s.population, s.boundary, s.representative_point,
                   st_area(st_transform(s.boundary, 6933)) / 1e6, coalesce(s.provenance, m.provenance), u.tier, s.former_code
            from staged_unit s join grid.unit u using (code) join grid.map_version m on m.id = ?
            order by s.code
            """;

    private static final String INSERT_PART =
            "insert into grid.map_draft_part (map_version, part, units) values (?, ?, ?)";

    private static final String LIST_PARTS = "select part from grid.map_draft_part where map_version = ?";

    private static final String END = """
            insert into grid.map_draft_end (map_version, code)
            select ?, code from unnest(?) as code
            on conflict do nothing
            """;

    private static final String PUBLISH = "select grid.publish_map_version(?)";

    /** Index: unit_version_of_map. In portions, so that no transaction is a long one. */
    private static final String DISCARD_UNITS = """
            delete from grid.unit_version
            where (code, valid_from) in (
                select code, valid_from from grid.unit_version where map_version = ? order by code limit 20000)
            """;

    private static final String DISCARD = "delete from grid.map_version where id = ? and status = 'DRAFT'";

    private final JdbcTemplate jdbc;

    PostgisMapDraft(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The draft that is there, be it being written or left over. */
    public Optional<MapVersion> find() {
        return jdbc.query(FIND, PostgisMapVersions::version).stream().findFirst();
    }

    /**
     * Begins a draft.
     *
     * @param provenance SYNTHETIC or IMPORTED
     * @return its map version
     * @throws org.springframework.dao.DuplicateKeyException if there is one already
     */
    public long begin(Instant effectiveFrom, Instant now, String provenance, String note) {
        Long id = jdbc.queryForObject(
                BEGIN,
                Long.class,
                effectiveFrom.atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC),
                provenance,
                note);
        return id == null ? 0 : id;
    }

    public Set<String> listParts(long draft) {
        return new HashSet<>(jdbc.queryForList(LIST_PARTS, String.class, draft));
    }

    /** Writes a part of the draft, all of it or nothing. A unit's parent is in it too, in an earlier part, or on the map. */
    @Transactional
    public void write(long draft, String part, Collection<DraftUnit> units) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            copy(connection, units);
            return null;
        });
        jdbc.update(INSERT_UNITS);
        jdbc.update(INSERT_UNIT_VERSIONS, draft);
        jdbc.update(INSERT_PART, draft, part, units.size());
    }

    /** Notes units that end with this draft: those abolished and those that go on under another code, with all below them. */
    public void end(long draft, Collection<String> codes) {
        jdbc.update(END, draft, codes.toArray(String[]::new));
    }

    /**
     * Makes the draft the map from its moment on.
     *
     * @throws org.springframework.dao.DataAccessException if a unit has lost its parent, or a later version is published already
     */
    @Transactional
    public void publish(long draft) {
        jdbc.queryForList(PUBLISH, draft);
    }

    /** Forgets the draft. */
    public void discard(long draft) {
        while (jdbc.update(DISCARD_UNITS, draft) > 0) {
            // the next portion
        }
        jdbc.update(DISCARD, draft);
    }

    /** Fresh statistics: without them the first look-ups would be planned for what was there before. */
    public void analyze() {
        jdbc.execute("analyze grid.unit, grid.unit_version, grid.layer_feature, grid.staff");
    }

    private static void copy(Connection connection, Collection<DraftUnit> units) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(STAGE);
        }
        PostgresCopy.into(
                connection,
                "staged_unit",
                units.stream()
                        .map(unit -> PostgresCopy.row(
                                unit.code(),
                                unit.name(),
                                unit.population(),
                                unit.boundary(),
                                PostgresCopy.point(unit.representativePoint()),
                                unit.formerCode(),
                                unit.provenance())));
    }
}
