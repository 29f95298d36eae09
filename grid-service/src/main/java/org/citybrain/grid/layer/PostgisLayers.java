package org.citybrain.grid.layer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.grid.layer.FeaturePage.Found;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads features as of a moment. Geometry, not geography: containment does not need metres. Seven digits are a centimetre. */
@Repository
class PostgisLayers {

    /** What one page holds at most, however many features that are: about 3 MB of JSON. */
    static final int MOST_POSITIONS_OF_A_PAGE = 100_000;

    private static final String COLUMNS = """
            f.id, f.kind, f.name, f.geometry, f.unit_code, f.department_code, f.incident_types, f.provenance, f.valid_from,
            f.valid_to
            """;

    private static final String IN_FORCE = """
            from grid.layer_feature f
            where f.layer = :layer and f.valid_from <= :at and (f.valid_to is null or f.valid_to > :at)
            """;

    /** Index, where nothing else narrows it: layer_feature_pkey, walked from the cursor on. */
    private static final String LIST = "select " + COLUMNS + IN_FORCE + " and f.id > :after";

    private static final String OF_KIND = " and f.kind = :kind";

    /** Index: layer_feature_of_department. */
    private static final String OF_DEPARTMENT = " and f.department_code = :department";

    /** Index: layer_feature_by_place (layer, geometry). */
    private static final String IN_BOX =
            " and st_intersects(f.geometry, st_makeenvelope(:west, :south, :east, :north, 4326))";

    /** Read once for the statement, not once for the row. */
    private static final String BOUNDARY = """
            (select v.boundary
             from grid.unit_view v
             where v.code = :unit and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at))
            """;

    /** Index: layer_feature_by_place (layer, geometry). A point on a border is in both units. */
    private static final String IN_UNIT = " and st_intersects(f.geometry, " + BOUNDARY + ")";

    /**
     * Two areas that have only a border in common, to two centimetres (in degrees), do not lie in each other. The first test is
     * the quick one: most areas of a unit lie wholly in it.
     */
    private static final String NOT_ONLY_TOUCHING = " and (st_covers(" + BOUNDARY
            + ", f.geometry) or st_intersects(st_buffer(f.geometry, -2e-7), " + BOUNDARY + "))";

    private static final String ONE = "select " + COLUMNS + ", 1 as matches " + IN_FORCE + " and f.id = :id";

    /** Index: layer_feature_pkey, read backwards. */
    private static final String HISTORY = "select " + COLUMNS + """
            from grid.layer_feature f
            where f.layer = :layer and f.id = :id and f.valid_from < :before
            """;

    private static final OffsetDateTime AFTER_ALL =
            Instant.parse("+10000-01-01T00:00:00Z").atOffset(ZoneOffset.UTC);

    private final JdbcClient jdbc;

    PostgisLayers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Features in the order of their ids. */
    Found list(Layer layer, FeatureFilter filter, @Nullable String after, int rows, Instant at) {
        return found(jdbc.sql(listSql(layer, filter)).params(listParameters(layer, filter, after, rows, at)));
    }

    Optional<LayerFeature> find(Layer layer, String id, Instant at) {
        return found(jdbc.sql(asJson(ONE, "id"))
                        .param("layer", layer.name())
                        .param("id", id)
                        .param("at", at.atOffset(ZoneOffset.UTC)))
                .features()
                .stream()
                .findFirst();
    }

    /** All versions of one feature, the newest first. */
    Found listHistory(Layer layer, String id, @Nullable Instant before, int rows) {
        return found(jdbc.sql(page(HISTORY, "valid_from desc"))
                .param("layer", layer.name())
                .param("id", id)
                .param("before", before == null ? AFTER_ALL : before.atOffset(ZoneOffset.UTC))
                .param("rows", rows)
                .param("mostPositions", MOST_POSITIONS_OF_A_PAGE));
    }

    static String listSql(Layer layer, FeatureFilter filter) {
        String sql = LIST;
        if (filter.kind() != null) {
            sql += OF_KIND;
        }
        if (filter.department() != null) {
            sql += OF_DEPARTMENT;
        }
        if (filter.box() != null) {
            sql += IN_BOX;
        }
        if (filter.unit() != null && !isWholeCity(filter.unit())) {
            sql += layer.isOfPoints() ? IN_UNIT : IN_UNIT + NOT_ONLY_TOUCHING;
        }
        return page(sql, "id");
    }

    static Map<String, Object> listParameters(
            Layer layer, FeatureFilter filter, @Nullable String after, int rows, Instant at) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("layer", layer.name());
        parameters.put("after", after == null ? "" : after);
        parameters.put("rows", rows);
        parameters.put("mostPositions", MOST_POSITIONS_OF_A_PAGE);
        parameters.put("at", at.atOffset(ZoneOffset.UTC));
        if (filter.kind() != null) {
            parameters.put("kind", filter.kind());
        }
        if (filter.department() != null) {
            parameters.put("department", filter.department());
        }
        if (filter.box() != null) {
            parameters.put("west", filter.box().west());
            parameters.put("south", filter.box().south());
            parameters.put("east", filter.box().east());
            parameters.put("north", filter.box().north());
        }
        if (filter.unit() != null) {
            parameters.put("unit", filter.unit().digits());
        }
        return parameters;
    }

    /** Nothing is taken that lies outside the city, so its border need not be asked for every feature. */
    private static boolean isWholeCity(UnitCode unit) {
        return unit.tier() == Tier.CITY;
    }

    /** As many rows as are asked for, but no more than their geometries allow; the first in any case. */
    private static String page(String rows, String order) {
        return asJson("""
                select p.*
                from (select n.*, count(*) over () as matches,
                             sum(st_npoints(n.geometry)) over (order by %s) - st_npoints(n.geometry) as positions_before
                      from (%s order by f.%s limit :rows) n) p
                where p.positions_before < :mostPositions
                """.formatted(order, rows, order), order);
    }

    private static String asJson(String rows, String order) {
        return """
                select id, kind, name, st_asgeojson(geometry, 7) as geometry, unit_code, department_code, incident_types,
                       provenance, valid_from, valid_to, matches
                from (%s) found
                order by %s
                """.formatted(rows, order);
    }

    private static Found found(JdbcClient.StatementSpec query) {
        List<Matched> rows = query.query(PostgisLayers::matched).list();
        return new Found(
                rows.stream().map(Matched::feature).toList(),
                rows.isEmpty() ? 0 : rows.getFirst().matches());
    }

    private static Matched matched(ResultSet row, int number) throws SQLException {
        return new Matched(FeatureRow.feature(row), row.getInt("matches"));
    }

    private record Matched(LayerFeature feature, int matches) {}
}
