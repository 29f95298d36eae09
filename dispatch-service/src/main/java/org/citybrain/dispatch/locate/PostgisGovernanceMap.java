package org.citybrain.dispatch.locate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.impl.PackedCoordinateSequenceFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the governance map from the views of the schema grid. A map is read in one transaction that sees one state of the database: the
 * version that it names and what it holds belong together, whatever is published meanwhile.
 */
@Component
class PostgisGovernanceMap {

    /**
     * Reads a few rows: versions are made a few times a year. Of those to come only the next one, which is always made later than the
     * one in force.
     */
    private static final String LOOK = """
            select (select id from grid.map_version_view where effective_from <= :now order by effective_from desc, id desc limit 1)
                       as in_force,
                   (select id from grid.map_version_view where effective_from > :now order by effective_from, id limit 1) as next,
                   (select min(effective_from) from grid.map_version_view where effective_from > :now) as next_from,
                   (select number from grid.roster_change_view) as rosters,
                   (select number from grid.key_place_change_view) as key_places
            """;

    private static final String IN_FORCE = """
            select id, effective_from
            from grid.map_version_view
            where effective_from <= :at
            order by effective_from desc, id desc
            limit 1
            """;

    /** Expects one of the indexes of open incidents, such as incident_open_by_cell. */
    private static final String OF_OPEN_INCIDENTS = """
            select id, effective_from
            from grid.map_version_view
            where id in (select map_version from dispatch.incident where closed_at is null) and id < :in_force
            order by id desc
            limit :most
            """;

    /** In the order of codes, which is how the index wants them. */
    private static final String GRIDS = """
            select code, population, st_asbinary(boundary) as boundary
            from grid.unit_view
            where tier = 'GRID' and valid_from <= :at and (valid_to is null or valid_to > :at)
            order by code
            """;

    private static final String NAMES = """
            select code, name
            from grid.unit_view
            where tier <> 'MICRO_GRID' and valid_from <= :at and (valid_to is null or valid_to > :at)
            """;

    private static final String KEY_PLACES = """
            select id, kind, name, st_x(location) as longitude, st_y(location) as latitude
            from grid.key_place_view
            where valid_from <= :at and (valid_to is null or valid_to > :at)
            """;

    private static final String NEXT_KEY_PLACE_CHANGE = """
            select least(min(valid_from) filter (where valid_from > :at), min(valid_to) filter (where valid_to > :at))
            from grid.key_place_view
            """;

    private static final String ROSTER = """
            select unit_code, shift_starts, shift_ends from grid.staff_view
            """;

    /** Rows that are in memory at a time, so that no list of all boundaries is. */
    private static final int FETCH_SIZE = 1_000;

    private static final int MOST_SECONDS = 60;

    private static final GeometryFactory GEOMETRIES =
            new GeometryFactory(PackedCoordinateSequenceFactory.DOUBLE_FACTORY);

    private final JdbcClient jdbc;
    private final TransactionTemplate oneState;

    PostgisGovernanceMap(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.oneState = new TransactionTemplate(transactions);
        oneState.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneState.setReadOnly(true);
        oneState.setTimeout(MOST_SECONDS);
    }

    /** What there is at this moment and what is to come. One statement. */
    StoredMap look(Instant now) {
        return jdbc.sql(LOOK)
                .param("now", at(now))
                .query((row, i) -> {
                    OffsetDateTime nextFrom = row.getObject("next_from", OffsetDateTime.class);
                    return new StoredMap(
                            row.getLong("in_force"),
                            nextFrom == null ? null : new MapVersion(row.getLong("next"), nextFrom.toInstant()),
                            row.getLong("rosters"),
                            row.getLong("key_places"));
                })
                .single();
    }

    /** The version in force at a moment, with all that it holds then. */
    GovernanceMap load(Instant moment) {
        return inOneState(() -> {
            MapVersion version = jdbc.sql(IN_FORCE)
                    .param("at", at(moment))
                    .query(PostgisGovernanceMap::version)
                    .single();
            return new GovernanceMap(version, grids(moment), keyPlaces(moment), names(moment), roster());
        });
    }

    /** The versions before the one in force that open incidents were decided on, the newest first. */
    List<MapVersion> listOfOpenIncidents(long inForce, int most) {
        return jdbc.sql(OF_OPEN_INCIDENTS)
                .param("in_force", inForce)
                .param("most", most)
                .query(PostgisGovernanceMap::version)
                .list();
    }

    KeyPlaces loadKeyPlaces(Instant moment) {
        return inOneState(() -> keyPlaces(moment));
    }

    /** The daily spans of duty of all staff. */
    Roster loadRoster() {
        return inOneState(this::roster);
    }

    private Grids grids(Instant moment) {
        WKBReader reader = new WKBReader(GEOMETRIES);
        Grids.Builder grids = new Grids.Builder();
        query(
                GRIDS,
                moment,
                row -> grids.add(new Grid(
                        row.getString("code"), row.getLong("population"), geometry(reader, row.getBytes("boundary")))));
        return grids.build();
    }

    private UnitNames names(Instant moment) {
        UnitNames.Builder names = new UnitNames.Builder();
        query(NAMES, moment, row -> names.add(row.getString("code"), row.getString("name")));
        return names.build();
    }

    private KeyPlaces keyPlaces(Instant moment) {
        List<KeyPlace> places = new ArrayList<>();
        query(
                KEY_PLACES,
                moment,
                row -> places.add(new KeyPlace(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("name"),
                        new Position(row.getDouble("longitude"), row.getDouble("latitude")))));
        OffsetDateTime next = jdbc.sql(NEXT_KEY_PLACE_CHANGE)
                .param("at", at(moment))
                .query((row, i) -> row.getObject(1, OffsetDateTime.class))
                .list()
                .getFirst();
        return new KeyPlaces(places, next == null ? Instant.MAX : next.toInstant());
    }

    private Roster roster() {
        List<Shift> shifts = new ArrayList<>();
        jdbc.sql(ROSTER).withFetchSize(FETCH_SIZE).query(row -> {
            shifts.add(new Shift(
                    row.getString("unit_code"),
                    row.getObject("shift_starts", LocalTime.class),
                    row.getObject("shift_ends", LocalTime.class)));
        });
        return new Roster(shifts);
    }

    private void query(String sql, Instant moment, TakeRow takeRow) {
        jdbc.sql(sql).param("at", at(moment)).withFetchSize(FETCH_SIZE).query(takeRow::take);
    }

    private <T> T inOneState(Supplier<T> work) {
        return Objects.requireNonNull(oneState.execute(status -> work.get()));
    }

    private static MapVersion version(ResultSet row, int number) throws SQLException {
        return new MapVersion(
                row.getLong("id"),
                row.getObject("effective_from", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static Geometry geometry(WKBReader reader, byte[] wkb) {
        try {
            return reader.read(wkb);
        } catch (ParseException e) {
            throw new IllegalStateException("PostGIS gave a boundary that is no WKB", e);
        }
    }

    private interface TakeRow {
        void take(ResultSet row) throws SQLException;
    }

    /**
     * What the database holds, without holding it.
     *
     * @param inForce the version in force now; 0 where there is no map yet
     * @param next the version that will be in force next; absent where none is known
     * @param rosters moves with every change of a roster
     * @param keyPlaces moves with every change of a key place
     */
    record StoredMap(long inForce, @Nullable MapVersion next, long rosters, long keyPlaces) {}
}
