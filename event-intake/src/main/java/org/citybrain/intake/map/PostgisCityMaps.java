package org.citybrain.intake.map;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citybrain.intake.admit.CityMap;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The governance map, from grid-service's views. */
@Repository
class PostgisCityMaps {

    private static final String FIND_VERSION =
            "select max(id) from grid.map_version_view where effective_from <= now()";

    /** Reads by the index {@code grid.unit_version_in_order} or the primary key; geometry in WGS-84 (SRID 4326). */
    private static final String LIST_BOUNDARIES = """
            select code, tier, st_asbinary(boundary) as boundary
            from grid.unit_view
            where (tier = 'CITY' or code = any (:codes))
              and valid_from <= now() and (valid_to is null or valid_to > now())
            order by code
            """;

    private static final String LIST_UNKNOWN = """
            select given.code
            from unnest(:codes) with ordinality as given (code, place)
            where not exists (select from grid.unit_view known
                              where known.code = given.code
                                and known.valid_from <= now() and (known.valid_to is null or known.valid_to > now()))
            order by given.place
            """;

    private final JdbcClient jdbc;

    PostgisCityMaps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The version in force, if there is a map at all. */
    Optional<Long> findVersion() {
        return jdbc.sql(FIND_VERSION).query(Long.class).optional();
    }

    List<UnitCode> listUnknown(List<UnitCode> units) {
        return jdbc.sql(LIST_UNKNOWN)
                .param("codes", digits(units))
                .query((row, number) -> new UnitCode(row.getString("code")))
                .list();
    }

    /** The city and these units as they are now; absent while the map knows no city. */
    Optional<CityMap> find(long version, Set<UnitCode> units) {
        List<Boundary> boundaries = jdbc.sql(LIST_BOUNDARIES)
                .param("codes", digits(units))
                .query((row, number) ->
                        new Boundary(new UnitCode(row.getString("code")), geometry(row.getBytes("boundary"))))
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
        return city.isEmpty() ? Optional.empty() : Optional.of(new CityMap(version, city, others));
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

    private record Boundary(UnitCode unit, Geometry geometry) {}
}
