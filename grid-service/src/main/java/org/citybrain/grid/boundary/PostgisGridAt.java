package org.citybrain.grid.boundary;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds the grid at a place. Geometry, not geography: containment does not need metres. */
@Repository
class PostgisGridAt {

    /** On a shared edge the lowest code wins. Index: unit_version_by_place_grid. */
    static final String FIND = """
            select v.code
            from grid.unit_view v
            where v.tier = 'GRID'
              and st_covers(v.boundary, st_setsrid(st_makepoint(:longitude, :latitude), 4326))
              and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)
            order by v.code
            limit 1
            """;

    private final JdbcClient jdbc;

    PostgisGridAt(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<UnitCode> find(Position position, Instant at) {
        return jdbc.sql(FIND)
                .param("longitude", position.longitude())
                .param("latitude", position.latitude())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .map(UnitCode::new);
    }
}
