package org.citybrain.dispatch.locate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the governance map of this moment from the views of the schema grid. */
@Component
class PostgisGovernanceMap {

    private static final String VERSION = """
            select id from grid.map_version_view where effective_from <= :now order by effective_from desc, id desc limit 1
            """;

    private static final String GRIDS = """
            select code, population, st_asbinary(boundary) as boundary
            from grid.unit_view
            where tier = 'GRID' and valid_from <= :now and (valid_to is null or valid_to > :now)
            """;

    private static final String NAMES = """
            select code, name
            from grid.unit_view
            where tier <> 'MICRO_GRID' and valid_from <= :now and (valid_to is null or valid_to > :now)
            """;

    private static final String KEY_PLACES = """
            select id, kind, name, st_x(location) as longitude, st_y(location) as latitude
            from grid.key_place_view
            where valid_from <= :now and (valid_to is null or valid_to > :now)
            """;

    private static final String ROSTER = """
            select unit_code, shift_starts, shift_ends from grid.staff_view
            """;

    private static final String ROSTER_CHANGE = "select number from grid.roster_change_view";

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgisGovernanceMap(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The version in force now; 0 where there is no map yet. */
    long version() {
        return jdbc.sql(VERSION)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** Moves with every change of a roster. */
    long rosterChange() {
        return jdbc.sql(ROSTER_CHANGE).query(Long.class).single();
    }

    /** The daily spans of duty of all staff. */
    List<Shift> listShifts() {
        return jdbc.sql(ROSTER)
                .query((row, i) -> new Shift(
                        row.getString("unit_code"),
                        row.getObject("shift_starts", LocalTime.class),
                        row.getObject("shift_ends", LocalTime.class)))
                .list();
    }

    /** The map in force now. The version is read first, so that a change in between is seen as one at the next look. */
    GovernanceMap load() {
        long version = version();
        Instant now = clock.instant();
        return new GovernanceMap(
                version,
                query(
                        GRIDS,
                        now,
                        (row, i) -> new Grid(
                                row.getString("code"), row.getLong("population"), geometry(row.getBytes("boundary")))),
                query(
                        KEY_PLACES,
                        now,
                        (row, i) -> new KeyPlace(
                                row.getString("id"), row.getString("kind"), row.getString("name"), position(row))),
                names(now),
                listShifts());
    }

    private Map<String, String> names(Instant now) {
        Map<String, String> names = new HashMap<>();
        query(NAMES, now, (row, i) -> names.put(row.getString("code"), row.getString("name")));
        return names;
    }

    private <T> List<T> query(String sql, Instant now, RowMapper<T> mapper) {
        return jdbc.sql(sql).param("now", Timestamp.from(now)).query(mapper).list();
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getDouble("longitude"), row.getDouble("latitude"));
    }

    private static Geometry geometry(byte[] wkb) {
        try {
            return new WKBReader(Footprints.GEOMETRIES).read(wkb);
        } catch (ParseException e) {
            throw new IllegalStateException("PostGIS gave a boundary that is no WKB", e);
        }
    }
}
