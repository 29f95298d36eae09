package org.citybrain.grid.imports;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.io.ByteOrderValues;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Reads the newest version of the map, be it in force or not yet: what an import changes. */
@Repository
class PostgisUnitsBefore {

    /** Index: unit_version_current. */
    private static final String LIST_CITY_AND_DISTRICTS = """
            select code, name, population, provenance
            from grid.unit_view
            where tier in ('CITY', 'DISTRICT') and valid_to is null
            order by code
            """;

    /** Index: unit_version_pkey. A colon comes after the digits. */
    private static final String LIST_BELOW = """
            select code, name, population, provenance
            from grid.unit_view
            where code > ? and code < ? || ':' and valid_to is null
            order by code
            """;

    /** Index: unit_version_pkey, once for each code. */
    private static final String FIND_SHAPES = """
            select code, st_asbinary(boundary) as boundary, st_x(representative_point) as longitude,
                   st_y(representative_point) as latitude
            from grid.unit_view
            where code = any(?) and valid_to is null
            """;

    /** Index: unit_version_by_place_… of the tier. In square degrees: only compared with each other. */
    private static final String LIST_HOLDERS = """
            select h.code, st_area(h.held) / st_area(h.boundary) as share, st_asbinary(h.held) as held
            from (select v.code, v.boundary, st_intersection(v.boundary, land.area) as held
                  from grid.unit_view v, (select st_geomfromwkb(?, 4326) as area) land
                  where v.tier = '{tier}' and v.valid_to is null and v.boundary && land.area
                    and st_intersects(v.boundary, land.area)) h
            where st_area(h.held) > 0
            order by h.code
            """;

    /** Index: unit_version_by_place_grid. */
    private static final String LIST_TOUCHING = """
            select v.code
            from grid.unit_view v, (select st_geomfromwkb(?, 4326) as area) place
            where v.tier = 'GRID' and v.valid_to is null and st_intersects(v.boundary, place.area)
            order by v.code
            """;

    private static final int CODES_AT_ONCE = 2_000;

    private final JdbcTemplate jdbc;

    PostgisUnitsBefore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<UnitBefore> listCityAndDistricts() {
        return jdbc.query(LIST_CITY_AND_DISTRICTS, PostgisUnitsBefore::unit);
    }

    /** All units below one, of every tier. */
    List<UnitBefore> listBelow(String code) {
        return jdbc.query(LIST_BELOW, PostgisUnitsBefore::unit, code, code);
    }

    Map<String, ShapeBefore> findShapes(Collection<String> codes) {
        Map<String, ShapeBefore> shapes = HashMap.newHashMap(codes.size());
        List<String> all = new ArrayList<>(codes);
        for (int i = 0; i < all.size(); i += CODES_AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + CODES_AT_ONCE));
            WKBReader reader = new WKBReader(Boundaries.WGS84);
            jdbc.query(
                    FIND_SHAPES,
                    row -> {
                        shapes.put(row.getString("code"), shape(row, reader));
                    },
                    (Object) some.toArray(String[]::new));
        }
        return shapes;
    }

    /** A unit and its part of some land. */
    record Holder(String code, double share, Geometry held) {}

    /** Whose land it is, at one tier. */
    List<Holder> listHolders(Geometry land, Tier tier) {
        WKBReader reader = new WKBReader(Boundaries.WGS84);
        return jdbc.query(
                LIST_HOLDERS.replace("{tier}", tier.name()),
                (row, number) -> new Holder(
                        row.getString("code"), row.getDouble("share"), geometry(row.getBytes("held"), reader)),
                (Object) wkb(land));
    }

    /** Grids that reach a place, if only with their border. */
    List<String> listTouching(Geometry place) {
        return jdbc.query(LIST_TOUCHING, (row, number) -> row.getString("code"), (Object) wkb(place));
    }

    private static byte[] wkb(Geometry geometry) {
        return new WKBWriter(2, ByteOrderValues.LITTLE_ENDIAN, false).write(geometry);
    }

    private static UnitBefore unit(ResultSet row, int number) throws SQLException {
        return new UnitBefore(
                row.getString("code"), row.getString("name"), row.getLong("population"), row.getString("provenance"));
    }

    private static ShapeBefore shape(ResultSet row, WKBReader reader) throws SQLException {
        return new ShapeBefore(
                (MultiPolygon) geometry(row.getBytes("boundary"), reader),
                new Position(row.getDouble("longitude"), row.getDouble("latitude")));
    }

    private static Geometry geometry(byte[] wkb, WKBReader reader) {
        try {
            return reader.read(wkb);
        } catch (ParseException unreadable) {
            throw new IllegalStateException("the database gave a geometry that cannot be read", unreadable);
        }
    }
}
