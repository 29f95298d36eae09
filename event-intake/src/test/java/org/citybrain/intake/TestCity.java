package org.citybrain.intake;

import org.citybrain.messages.Position;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.springframework.jdbc.core.JdbcTemplate;

/** A city of two districts, each a square of half a degree: 50 from 106 to 107 degrees east, 29 to 29.5 north. */
public final class TestCity {

    public static final String WEST = "500101";
    public static final String EAST = "500102";

    /** Places in WGS-84. */
    public static final Position IN_THE_WEST = new Position(106.25, 29.25);

    public static final Position IN_THE_EAST = new Position(106.75, 29.25);

    private TestCity() {}

    /** Puts the map into the database, with the rights of grid-service. */
    public static void load(Database database) {
        var jdbc = new JdbcTemplate(database.dataSource(ServiceLogin.GRID));
        jdbc.update("""
                insert into grid.map_version (effective_from, created_at, provenance, note)
                values (now() - interval '1 day', now(), 'SYNTHETIC', 'a test city')
                """);
        insertUnit(jdbc, "50", "Test city", 106, 107);
        insertUnit(jdbc, WEST, "West", 106, 106.5);
        insertUnit(jdbc, EAST, "East", 106.5, 107);
    }

    private static void insertUnit(JdbcTemplate jdbc, String code, String name, double west, double east) {
        jdbc.update("insert into grid.unit (code) values (?)", code);
        jdbc.update("""
                insert into grid.unit_version (code, valid_from, map_version, name, population, boundary,
                                               representative_point, area_km2, provenance, tier)
                select ?, now() - interval '1 day', (select max(id) from grid.map_version), ?, 1000, st_multi(box),
                       st_centroid(box), st_area(box::geography) / 1e6, 'SYNTHETIC',
                       case length(?) when 2 then 'CITY' else 'DISTRICT' end
                from (select st_makeenvelope(?, 29, ?, 29.5, 4326) as box) b
                """, code, name, code, west, east);
    }
}
