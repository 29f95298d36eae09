package org.citybrain.grid.layer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which department answers for what, and where. */
@Repository
class PostgisResponsibilities {

    /** Nobody calls more. */
    private static final int MOST_DEPARTMENTS = 100;

    /**
     * Of each department its smallest area there. In one place square degrees tell which is smaller; square kilometres, on the
     * ellipsoid (geography), cost a hundred times that, and are taken of what is answered only. Containment is geometry. Index:
     * layer_feature_by_place (layer, geometry).
     */
    static final String AT_PLACE = """
            select d.code, d.name, d.unit_code, a.id, a.name as area_name, a.kind, a.incident_types,
                   st_area(a.geometry::geography) / 1e6 as area_km2
            from (select s.*
                  from (select distinct on (f.department_code)
                               f.department_code, f.id, f.name, f.kind, f.incident_types, f.geometry,
                               st_area(f.geometry) as square_degrees
                        from grid.layer_feature f
                        where f.layer = 'RESPONSIBILITY_AREA'
                          and st_intersects(f.geometry, st_setsrid(st_makepoint(:longitude, :latitude), 4326))
                          and f.valid_from <= :at and (f.valid_to is null or f.valid_to > :at)
                          and (cast(:type as text) is null or f.incident_types is null or :type = any(f.incident_types))
                        order by f.department_code, st_area(f.geometry), f.id) s
                  order by s.square_degrees, s.department_code
                  limit :rows) a
            join grid.department d on d.code = a.department_code
            order by area_km2, d.code
            """;

    /** Index: unit_version_by_place_city. */
    private static final String IS_IN_CITY = """
            select exists (
                select from grid.unit_view v
                where v.tier = 'CITY' and st_covers(v.boundary, st_setsrid(st_makepoint(:longitude, :latitude), 4326))
                  and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at))
            """;

    private static final String UNIT_OF_DEPARTMENT = "select unit_code from grid.department where code = :code";

    /** The view shows the catalogue in force now: there is no other yet for a day to come. */
    private static final String UNKNOWN_TYPES = """
            select type
            from unnest(cast(:types as text[])) as type
            where type not in (select code from dispatch.incident_type_view)
            order by type
            """;

    private final JdbcClient jdbc;

    PostgisResponsibilities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The departments that answer for a place, the one with the smallest area first. */
    List<Responsibility> listAt(Position place, @Nullable String type, Instant at) {
        return jdbc.sql(AT_PLACE)
                .param("longitude", place.longitude())
                .param("latitude", place.latitude())
                .param("type", type)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("rows", MOST_DEPARTMENTS)
                .query(PostgisResponsibilities::responsibility)
                .list();
    }

    boolean isInCity(Position place, Instant at) {
        return jdbc.sql(IS_IN_CITY)
                .param("longitude", place.longitude())
                .param("latitude", place.latitude())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /** The unit that a department serves, with all below it. */
    Optional<UnitCode> findUnitOfDepartment(String code) {
        return jdbc.sql(UNIT_OF_DEPARTMENT)
                .param("code", code)
                .query(String.class)
                .optional()
                .map(UnitCode::new);
    }

    /** Those that are not in the item catalogue. */
    List<String> listUnknownTypes(Collection<String> types) {
        return jdbc.sql(UNKNOWN_TYPES)
                .param("types", types.toArray(String[]::new))
                .query((row, number) -> row.getString("type"))
                .list();
    }

    private static Responsibility responsibility(ResultSet row, int number) throws SQLException {
        return new Responsibility(
                row.getString("code"),
                row.getString("name"),
                new UnitCode(row.getString("unit_code")),
                new Responsibility.Area(
                        row.getString("id"),
                        row.getString("kind"),
                        row.getString("area_name"),
                        row.getDouble("area_km2"),
                        FeatureRow.types(row)));
    }
}
