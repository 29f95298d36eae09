package org.citybrain.local.identity;

import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.springframework.jdbc.core.JdbcTemplate;

/** A map of one chain, all of it the same square. */
final class OneChain {

    static final UnitCode GRID = new UnitCode("500103001003001");

    private OneChain() {}

    /** Puts it into the database, with the rights of grid-service. */
    static void load(Database database) {
        var jdbc = new JdbcTemplate(database.dataSource(ServiceLogin.GRID));
        jdbc.update("""
                insert into grid.map_version (effective_from, created_at, provenance, note)
                values (now(), now(), 'SYNTHETIC', 'one chain')
                """);
        for (UnitCode unit : GRID.chain()) {
            jdbc.update("insert into grid.unit (code) values (?)", unit.digits());
            jdbc.update("""
                    insert into grid.unit_version (code, valid_from, map_version, name, population, boundary,
                                                   representative_point, area_km2, provenance, tier)
                    select ?, now(), (select max(id) from grid.map_version), ?, 1000, st_multi(box), st_centroid(box), 1,
                           'SYNTHETIC', ?
                    from (select st_makeenvelope(106, 29, 106.1, 29.1, 4326) as box) b
                    """, unit.digits(), unit.digits(), unit.tier().name());
        }
    }
}
