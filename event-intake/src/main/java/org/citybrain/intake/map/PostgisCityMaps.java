package org.citybrain.intake.map;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citybrain.intake.admit.CityMap;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The governance map, from grid-service's views. */
@Repository
class PostgisCityMaps {

    /** The version in force and the next one's moment; published ones only, a few a year: no index is needed. */
    private static final String LOOK = """
            select (select id from grid.map_version_view where effective_from <= :at order by effective_from desc, id desc limit 1)
                       as in_force,
                   (select min(effective_from) from grid.map_version_view where effective_from > :at) as next_from
            """;

    /**
     * The city as it is, and the other units as they are or last were: a reform takes a unit's code, but not the ground that a source
     * was registered for. With the version, so that the two are of one state of the database. Reads by the index {@code
     * grid.unit_version_in_order} or the primary key; geometry in WGS-84 (SRID 4326).
     */
    private static final String LIST_BOUNDARIES = """
            select distinct on (code) code, tier, st_asbinary(boundary) as boundary,
                   (select id from grid.map_version_view where effective_from <= :at order by effective_from desc, id desc limit 1)
                       as map_version
            from grid.unit_view
            where valid_from <= :at
              and ((tier = 'CITY' and (valid_to is null or valid_to > :at)) or (tier <> 'CITY' and code = any (:codes)))
            order by code, valid_from desc
            """;

    private static final String LIST_UNKNOWN = """
            select given.code
            from unnest(:codes) with ordinality as given (code, place)
            where not exists (select from grid.unit_view known
                              where known.code = given.code
                                and known.valid_from <= :at and (known.valid_to is null or known.valid_to > :at))
            order by given.place
            """;

    /** By the primary key of grid.unit_version; the point is WGS-84 (SRID 4326). */
    private static final String FIND_PLACE = """
            select st_x(representative_point) as longitude, st_y(representative_point) as latitude
            from grid.unit_view
            where code = :code and valid_from <= :at and (valid_to is null or valid_to > :at)
            order by valid_from desc
            limit 1
            """;

    private final JdbcClient jdbc;

    PostgisCityMaps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Versions look(Instant at) {
        return jdbc.sql(LOOK)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    OffsetDateTime nextFrom = row.getObject("next_from", OffsetDateTime.class);
                    return new Versions(
                            row.getObject("in_force", Long.class), nextFrom == null ? null : nextFrom.toInstant());
                })
                .single();
    }

    List<UnitCode> listUnknown(List<UnitCode> units, Instant at) {
        return jdbc.sql(LIST_UNKNOWN)
                .param("codes", digits(units))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new UnitCode(row.getString("code")))
                .list();
    }

    Optional<Position> findPlace(UnitCode unit, Instant at) {
        return jdbc.sql(FIND_PLACE)
                .param("code", unit.digits())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Position(row.getDouble("longitude"), row.getDouble("latitude")))
                .optional();
    }

    /** The city and these units as they are at a moment; absent while the map knows no city. */
    Optional<CityMap> find(Set<UnitCode> units, Instant at) {
        List<Boundary> boundaries = jdbc.sql(LIST_BOUNDARIES)
                .param("codes", digits(units))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Boundary(
                        new UnitCode(row.getString("code")),
                        row.getLong("map_version"),
                        geometry(row.getBytes("boundary"))))
                .list();
        List<Geometry> city = new ArrayList<>();
        Map<UnitCode, Geometry> others = new HashMap<>();
        for (Boundary boundary : boundaries) {
            if (boundary.unit().tier() == Tier.CITY) {
                city.add(boundary.geometry());
            } else {
                others.put(boundary.unit(), boundary.geometry());
            }
        }
        return city.isEmpty()
                ? Optional.empty()
                : Optional.of(new CityMap(boundaries.getFirst().mapVersion(), city, others));
    }

    private static String[] digits(Collection<UnitCode> units) {
        return units.stream().map(UnitCode::digits).toArray(String[]::new);
    }

    private static Geometry geometry(byte[] wkb) {
        try {
            return new WKBReader().read(wkb);
        } catch (ParseException broken) {
            throw new IllegalStateException("PostGIS sent a geometry that cannot be read", broken);
        }
    }

    private record Boundary(UnitCode unit, long mapVersion, Geometry geometry) {}

    /**
     * @param inForce absent while there is no map
     * @param nextFrom from when another one holds, if one is published
     */
    record Versions(@Nullable Long inForce, @Nullable Instant nextFrom) {}
}
