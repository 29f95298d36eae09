package org.citybrain.dispatch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A small city of squares for tests: two districts side by side, each with two streets of two communities of two grids, every grid a
 * square of a hundredth of a degree with 1,000 people. From west to east, in the order of their codes.
 */
public final class SquareCity {

    public static final double WEST = 106.50;
    public static final double SOUTH = 29.50;
    public static final double SIDE = 0.01;

    private SquareCity() {}

    /** The 16 grids' codes, from west to east. */
    public static List<String> grids() {
        List<String> grids = new ArrayList<>();
        for (String district : List.of("500103", "500105")) {
            for (String street : List.of("001", "002")) {
                for (String community : List.of("001", "002")) {
                    for (String grid : List.of("001", "002")) {
                        grids.add(district + street + community + grid);
                    }
                }
            }
        }
        return grids;
    }

    /** The middle of the grid at this place in the row. */
    public static double longitudeOf(int grid) {
        return WEST + SIDE * (grid + 0.5);
    }

    public static double latitude() {
        return SOUTH + SIDE / 2;
    }

    /** Fills the schema grid. Returns the map version. */
    public static void build(DataSource administrator) {
        JdbcClient jdbc = JdbcClient.create(administrator);
        jdbc.sql("insert into grid.map_version (effective_from, created_at, provenance, note) "
                        + "values ('2020-01-01', now(), 'SYNTHETIC', 'squares')")
                .update();
        List<String> grids = grids();
        List<String> units = new ArrayList<>();
        for (int digits : new int[] {2, 6, 9, 12, 15}) {
            grids.stream().map(g -> g.substring(0, digits)).distinct().forEach(units::add);
        }
        for (String unit : units) {
            int first = indexOfFirst(grids, unit);
            int count = (int) grids.stream().filter(g -> g.startsWith(unit)).count();
            jdbc.sql("insert into grid.unit (code) values (:code)")
                    .param("code", unit)
                    .update();
            jdbc.sql("""
                            insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                                           area_km2, provenance, tier)
                            select :code, '2020-01-01', 1, 'unit ' || :code, :population, st_multi(box), st_pointonsurface(box),
                                   st_area(box::geography) / 1e6, 'SYNTHETIC', (select tier from grid.unit where code = :code)
                            from (select st_makeenvelope(:west, :south, :east, :north, 4326) as box) b
                            """)
                    .param("code", unit)
                    .param("population", 1000L * count)
                    .param("west", WEST + SIDE * first)
                    .param("east", WEST + SIDE * (first + count))
                    .param("south", SOUTH)
                    .param("north", SOUTH + SIDE)
                    .update();
        }
    }

    /**
     * A reform: from a moment on the first district is no more, and its land with all below it belongs to a new one, 500199. Returns
     * the map version.
     */
    public static long reform(DataSource administrator, Instant effectiveFrom) {
        JdbcClient jdbc = JdbcClient.create(administrator);
        long version = jdbc.sql("insert into grid.map_version (effective_from, created_at, provenance, note, status) "
                        + "values (:from, now(), 'SYNTHETIC', 'a reform', 'DRAFT') returning id")
                .param("from", effectiveFrom.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into grid.unit (code)
                        select '500199' || substr(code, 7) from grid.unit where code like '500103%' order by length(code)
                        on conflict do nothing
                        """).update();
        jdbc.sql("""
                        insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                                       area_km2, provenance, tier, former_code)
                        select '500199' || substr(code, 7), :from, :version, 'new ' || name, population, boundary,
                               representative_point, area_km2, provenance, tier, code
                        from grid.unit_version where code like '500103%' and valid_to is null
                        """)
                .param("from", effectiveFrom.atOffset(ZoneOffset.UTC))
                .param("version", version)
                .update();
        jdbc.sql("insert into grid.map_draft_end select :version, code from grid.unit where code like '500103%'")
                .param("version", version)
                .update();
        jdbc.sql("select grid.publish_map_version(:version)")
                .param("version", version)
                .query((row, i) -> true)
                .single();
        return version;
    }

    /** Another version that changes nothing but one grid's name. */
    public static long rename(DataSource administrator, String grid, String name, Instant effectiveFrom) {
        JdbcClient jdbc = JdbcClient.create(administrator);
        long version = jdbc.sql("insert into grid.map_version (effective_from, created_at, provenance, note, status) "
                        + "values (:from, now(), 'SYNTHETIC', 'a name', 'DRAFT') returning id")
                .param("from", effectiveFrom.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                                       area_km2, provenance, tier)
                        select code, :from, :version, :name, population, boundary, representative_point, area_km2, provenance, tier
                        from grid.unit_version where code = :code and valid_to is null
                        """)
                .param("from", effectiveFrom.atOffset(ZoneOffset.UTC))
                .param("version", version)
                .param("name", name)
                .param("code", grid)
                .update();
        jdbc.sql("select grid.publish_map_version(:version)")
                .param("version", version)
                .query((row, i) -> true)
                .single();
        return version;
    }

    public static void addKeyPlace(DataSource administrator, String id, double longitude, double latitude) {
        JdbcClient.create(administrator)
                .sql("""
                        insert into grid.layer_feature (layer, id, kind, name, geometry, provenance, valid_from)
                        values ('KEY_PLACE', :id, 'SCHOOL', 'school ' || :id, st_setsrid(st_makepoint(:longitude, :latitude), 4326), 'SYNTHETIC', '2020-01-01')
                        """)
                .param("id", id)
                .param("longitude", longitude)
                .param("latitude", latitude)
                .update();
    }

    /** A department that serves a unit. */
    public static void addDepartment(DataSource administrator, String code, String unit) {
        JdbcClient.create(administrator)
                .sql("""
                        insert into grid.department (code, name, unit_code, provenance, updated_at)
                        values (:code, 'department ' || :code, :unit, 'SYNTHETIC', now())
                        """)
                .param("code", code)
                .param("unit", unit)
                .update();
    }

    /**
     * A department answers for these grids of the row, from one to another.
     *
     * @param types separated by commas; empty: everything
     */
    public static void addArea(
            DataSource administrator,
            String id,
            String department,
            double firstGrid,
            double lastGrid,
            String types,
            Instant from,
            Instant until) {
        JdbcClient.create(administrator)
                .sql("""
                        insert into grid.layer_feature (layer, id, kind, name, geometry, department_code, incident_types, provenance,
                                                        valid_from, valid_to)
                        values ('RESPONSIBILITY_AREA', :id, 'FIRE', 'area ' || :id,
                                st_makeenvelope(:west, :south, :east, :north, 4326), :department,
                                case :types when '' then null else string_to_array(:types, ',') end, 'SYNTHETIC', :from, :until)
                        """)
                .param("id", id)
                .param("department", department)
                .param("west", WEST + SIDE * firstGrid)
                .param("east", WEST + SIDE * (lastGrid + 1))
                .param("south", SOUTH)
                .param("north", SOUTH + SIDE)
                .param("types", types)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param(
                        "until",
                        until == null ? null : until.atOffset(ZoneOffset.UTC),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    public static void addDevice(DataSource administrator, String id, double longitude, double latitude) {
        JdbcClient.create(administrator)
                .sql("""
                        insert into grid.layer_feature (layer, id, kind, name, geometry, provenance, valid_from)
                        values ('DEVICE', :id, 'CAMERA', 'camera ' || :id,
                                st_setsrid(st_makepoint(:longitude, :latitude), 4326), 'SYNTHETIC', '2020-01-01')
                        """)
                .param("id", id)
                .param("longitude", longitude)
                .param("latitude", latitude)
                .update();
    }

    /** Somebody of a unit is on duty every day from one time until another, in the city's own time. */
    public static void addShift(DataSource administrator, String account, String unit, String starts, String ends) {
        JdbcClient jdbc = JdbcClient.create(administrator);
        jdbc.sql("""
                        insert into grid.staff (account, unit_code, duty, shift_starts, shift_ends, provenance)
                        values (:account, :unit, 'GRID_WORKER', :starts::time, :ends::time, 'REGISTERED')
                        """)
                .param("account", account)
                .param("unit", unit)
                .param("starts", starts)
                .param("ends", ends)
                .update();
        jdbc.sql("update grid.roster_change set number = number + 1").update();
    }

    private static int indexOfFirst(List<String> grids, String unit) {
        for (int i = 0; i < grids.size(); i++) {
            if (grids.get(i).startsWith(unit)) {
                return i;
            }
        }
        throw new IllegalArgumentException(unit);
    }
}
