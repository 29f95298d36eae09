package org.citybrain.local.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * The same question put to PostGIS, on one connection: place by place, as a service would ask that does not hold the map, and in sets
 * of {@value #SET}, as one that works on batches would. By the map's own index of this tier's boundaries (unit_version_by_place_…), with
 * fresh statistics.
 */
final class PostgisUnits implements AutoCloseable {

    static final int SET = 500;

    private static final String ANALYZE = "vacuum analyze grid.unit_version";

    private static final String ONE = """
            select code
            from grid.unit_version
            where tier = '{tier}' and valid_to is null and st_covers(boundary, st_setsrid(st_makepoint(?, ?), 4326))
            order by code
            limit 1
            """;

    private static final String MANY = """
            select (select min(code) from grid.unit_version
                    where tier = '{tier}' and valid_to is null
                      and st_covers(boundary, st_setsrid(st_makepoint(p.longitude, p.latitude), 4326)))
            from unnest(?::float8[], ?::float8[]) with ordinality as p (longitude, latitude, place)
            order by p.place
            """;

    private final Connection connection;
    private final PreparedStatement one;
    private final PreparedStatement many;

    PostgisUnits(BenchCity city, Tier tier) {
        try {
            connection = city.connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute(ANALYZE);
            }
            one = connection.prepareStatement(of(tier, ONE));
            many = connection.prepareStatement(of(tier, MANY));
        } catch (SQLException failure) {
            throw new IllegalStateException("PostGIS cannot be asked", failure);
        }
    }

    /** The lowest code of those that cover a place; null for none. */
    @Nullable
    String find(Coordinate place) {
        try {
            one.setDouble(1, place.x);
            one.setDouble(2, place.y);
            try (ResultSet row = one.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("PostGIS cannot be asked", failure);
        }
    }

    /** The same for many places, in their order. */
    @Nullable
    String[] find(List<Coordinate> places) {
        String[] codes = new String[places.size()];
        try {
            many.setArray(
                    1, degrees(places.stream().mapToDouble(place -> place.x).toArray()));
            many.setArray(
                    2, degrees(places.stream().mapToDouble(place -> place.y).toArray()));
            try (ResultSet row = many.executeQuery()) {
                for (int i = 0; i < codes.length && row.next(); i++) {
                    codes[i] = row.getString(1);
                }
            }
            return codes;
        } catch (SQLException failure) {
            throw new IllegalStateException("PostGIS cannot be asked", failure);
        }
    }

    private static String of(Tier tier, String sql) {
        return sql.replace("{tier}", tier.name());
    }

    private java.sql.Array degrees(double[] degrees) throws SQLException {
        return connection.createArrayOf("float8", Arrays.stream(degrees).boxed().toArray());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException("the connection cannot be closed", failure);
        }
    }
}
