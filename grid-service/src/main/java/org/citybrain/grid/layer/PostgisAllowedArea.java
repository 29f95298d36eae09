package org.citybrain.grid.layer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.geom.Geometry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whether a geometry stays within a unit. Geometry, not geography: containment does not need metres. */
@Repository
class PostgisAllowedArea {

    /**
     * Two centimetres, in degrees: borders are handed out rounded to one, and who sends one back has not left the unit.
     * {@code inside} of {@code boundary} and {@code geometry}.
     */
    static final String INSIDE = """
            (st_covers(boundary, geometry)
             or case when st_dimension(geometry) = 0 then st_dwithin(boundary, geometry, 2e-7)
                     else st_covers(boundary, st_buffer(geometry, -2e-7)) end)
            """;

    /** Index: unit_version_pkey. */
    private static final String PLACE_OUTSIDE = """
            select case when not
            """ + INSIDE + """
                        then st_astext(st_pointonsurface(st_difference(geometry, boundary)), 7) end as outside
            from (select v.boundary, st_geomfromewkb(:geometry) as geometry
                  from grid.unit_view v
                  where v.code = :unit and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at)) asked
            """;

    private final JdbcClient jdbc;

    PostgisAllowedArea(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether nothing of it lies outside the border that the unit has at that moment. */
    Answer judge(Geometry geometry, UnitCode unit, Instant at) {
        List<Answer> answers = jdbc.sql(PLACE_OUTSIDE)
                .param("geometry", FeatureRow.ewkb(geometry))
                .param("unit", unit.digits())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .<Answer>query((row, number) -> {
                    String outside = row.getString("outside");
                    return outside == null ? new Inside() : new Outside(outside);
                })
                .list();
        return answers.isEmpty() ? new NoSuchUnit() : answers.getFirst();
    }

    sealed interface Answer {}

    record Inside() implements Answer {}

    /** @param place a place of the geometry that lies outside, as WKT in WGS-84 */
    record Outside(String place) implements Answer {}

    /** The unit is not on the map at that moment. */
    record NoSuchUnit() implements Answer {}
}
