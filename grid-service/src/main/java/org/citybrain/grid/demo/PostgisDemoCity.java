package org.citybrain.grid.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.messages.Position;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.PrecisionModel;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.WKBWriter;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes the demo city as the first version of the map: COPY into staging tables, then one statement per table, all in one
 * transaction, so that nobody ever sees half a map.
 */
@Repository
class PostgisDemoCity {

    private static final String IS_MAP_EMPTY = "select not exists (select from grid.map_version)";

    /** Two instances that start at once: the second waits here, and then finds the map filled. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('city_brain_grid_demo_city', 0))";

    private static final String STAGE = """
            create temporary table staged_unit (
                code text, name text, population bigint, boundary geometry, representative_point geometry
            ) on commit drop;
            create temporary table staged_key_place (id text, kind text, name text, location geometry) on commit drop;
            create temporary table staged_staff (
                account text, unit_code text, duty text, shift_starts time, shift_ends time
            ) on commit drop
            """;

    private static final String INSERT_MAP_VERSION = """
            insert into grid.map_version (effective_from, created_at, provenance, note)
            values (?, ?, 'SYNTHETIC', ?)
            returning id
            """;

    private static final String INSERT_UNITS = """
            insert into grid.unit (code)
            select code from staged_unit order by code
            """;

    /** The area is taken on the ellipsoid (geography), in square kilometres. */
    private static final String INSERT_UNIT_VERSIONS = """
            insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                           area_km2, provenance, tier)
            select s.code, ?, ?, s.name, s.population, s.boundary, s.representative_point,
                   st_area(s.boundary::geography) / 1e6, 'SYNTHETIC', u.tier
            from staged_unit s join grid.unit u using (code)
            order by s.code
            """;

    private static final String INSERT_KEY_PLACES = """
            insert into grid.layer_feature (layer, id, kind, name, geometry, provenance, valid_from)
            select 'KEY_PLACE', id, kind, name, location, 'SYNTHETIC', ?
            from staged_key_place
            """;

    private static final String INSERT_STAFF = """
            insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
            select account, unit_code, duty, shift_starts, shift_ends, 'SYNTHETIC'
            from staged_staff
            """;

    private static final String ANALYZE = "analyze grid.unit, grid.unit_version, grid.layer_feature, grid.staff";

    private static final GeometryFactory WGS84 = new GeometryFactory(new PrecisionModel(), 4326);

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;

    PostgisDemoCity(JdbcTemplate jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    boolean isMapEmpty() {
        return Boolean.TRUE.equals(jdbc.queryForObject(IS_MAP_EMPTY, Boolean.class));
    }

    /**
     * Writes the city, unless another instance was faster.
     *
     * @param city made only when it is needed, before anything is written
     * @return whether it was written
     */
    boolean writeIfEmpty(Supplier<DemoCity> city, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> writeIfStillEmpty(city, now)));
    }

    private boolean writeIfStillEmpty(Supplier<DemoCity> city, Instant now) {
        jdbc.execute(LOCK);
        if (!isMapEmpty()) {
            return false;
        }
        DemoCity made = city.get();
        jdbc.execute((Connection connection) -> {
            write(connection, made, now);
            return null;
        });
        return true;
    }

    /** Fresh statistics: without them the first look-ups would be planned for empty tables. */
    void analyze() {
        jdbc.execute(ANALYZE);
    }

    private static void write(Connection connection, DemoCity city, Instant now) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGE);
        }
        copy(connection, "staged_unit", city.units(), PostgisDemoCity::row);
        copy(connection, "staged_key_place", city.keyPlaces(), PostgisDemoCity::row);
        copy(connection, "staged_staff", city.staff(), PostgisDemoCity::row);

        OffsetDateTime validFrom = DemoCity.VALID_FROM.atOffset(ZoneOffset.UTC);
        long mapVersion = insertMapVersion(connection, validFrom, now.atOffset(ZoneOffset.UTC), city);
        update(connection, INSERT_UNITS);
        update(connection, INSERT_UNIT_VERSIONS, validFrom, mapVersion);
        update(connection, INSERT_KEY_PLACES, validFrom);
        update(connection, INSERT_STAFF);
    }

    private static <T> void copy(Connection connection, String table, Collection<T> things, Function<T, Row> row)
            throws SQLException {
        String rows = things.stream().map(row).map(Row::text).collect(Collectors.joining());
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new StringReader(rows));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long insertMapVersion(
            Connection connection, OffsetDateTime effectiveFrom, OffsetDateTime now, DemoCity city)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_MAP_VERSION)) {
            insert.setObject(1, effectiveFrom);
            insert.setObject(2, now);
            insert.setString(3, "demo city of " + city.units().size() + " units");
            try (ResultSet result = insert.executeQuery()) {
                result.next();
                return result.getLong("id");
            }
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static Row row(DemoCity.Unit unit) {
        return Row.of(
                unit.code(),
                unit.name(),
                unit.population(),
                ewkb(unit.boundary()),
                ewkb(point(unit.representativePoint())));
    }

    private static Row row(DemoCity.KeyPlace place) {
        return Row.of(place.id(), place.kind(), place.name(), ewkb(point(place.position())));
    }

    private static Row row(DemoCity.Duty duty) {
        return Row.of(duty.account(), duty.unit(), duty.kind(), duty.shiftStarts(), duty.shiftEnds());
    }

    private static Geometry point(Position position) {
        return WGS84.createPoint(new Coordinate(position.longitude(), position.latitude()));
    }

    private static String ewkb(Geometry geometry) {
        return WKBWriter.toHex(new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN, true).write(geometry));
    }

    /** A line for COPY. No value holds a tab, a line break or a backslash. */
    private record Row(String text) {

        static Row of(Object... values) {
            return new Row(Stream.of(values).map(Object::toString).collect(Collectors.joining("\t", "", "\n")));
        }
    }
}
