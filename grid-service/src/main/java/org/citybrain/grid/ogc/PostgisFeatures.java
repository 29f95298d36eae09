package org.citybrain.grid.ogc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.citybrain.messages.UnitKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads features page by page: first which ones, in the order of their ids and without their geometry, then those in portions. So no
 * connection is held while a reader reads, and no page lies in memory. Geometry in WGS-84 (SRID 4326); seven digits are a
 * centimetre.
 */
@Repository
class PostgisFeatures {

    /** Index: unit_version_in_order; with {@code parentCode} unit_children. The tier stands in the text: the indexes of places are of one tier each. */
    private static final String UNITS = """
            select v.code as id, v.valid_from
            from grid.unit_view v
            where v.tier = '{tier}' and v.valid_from <= :to and (v.valid_to is null or v.valid_to > :from)
            """;

    /** Index: layer_feature_pkey. */
    private static final String FEATURES = """
            select l.id, l.valid_from
            from grid.layer_feature_view l
            where l.layer = :kind and l.valid_from <= :to and (l.valid_to is null or l.valid_to > :from)
            """;

    /** A box of no width is a line or a point. */
    private static final String BOX =
            "st_setsrid(st_envelope(st_makeline(st_makepoint(:west%1$d, :south%1$d), st_makepoint(:east%1$d, :north%1$d))), 4326)";

    private static final Map<String, String> UNIT_FILTERS = Map.of(
            "code", " and v.code = :code",
            "name", " and v.name = :name",
            "kind", " and substr(v.code, :digit, 1) = any (string_to_array(:digits, ','))",
            "parentCode", " and v.parent_code = :parentCode",
            "provenance", " and v.provenance = :provenance");

    private static final Map<String, String> FEATURE_FILTERS = Map.of(
            "name", " and l.name = :name",
            "kind", " and l.kind = :featureKind",
            "unitCode", " and l.unit_code = :unitCode",
            "departmentCode", " and l.department_code = :departmentCode",
            "provenance", " and l.provenance = :provenance");

    /** Index: unit_version_pkey. */
    private static final String READ_UNITS = """
            select v.code as id, v.name, v.tier, v.parent_code, v.population, v.area_km2, v.provenance, v.map_version,
                   v.valid_from, v.valid_to, v.former_code, st_asgeojson(v.boundary, 7) as geometry
            from unnest(string_to_array(:ids, ','), string_to_array(:moments, ',')::timestamptz[]) as k (code, valid_from)
                 join grid.unit_view v on v.code = k.code and v.valid_from = k.valid_from
            order by v.code
            """;

    /** Index: layer_feature_pkey. */
    private static final String READ_FEATURES = """
            select l.id, l.name, l.kind, l.unit_code, l.department_code, l.incident_types, l.provenance,
                   l.valid_from, l.valid_to, st_asgeojson(l.geometry, 7) as geometry
            from unnest(string_to_array(:ids, ','), string_to_array(:moments, ',')::timestamptz[]) as k (id, valid_from)
                 join grid.layer_feature_view l on l.layer = :kind and l.id = k.id and l.valid_from = k.valid_from
            order by l.id
            """;

    private final JdbcClient jdbc;
    private final BoundQueries bound;

    PostgisFeatures(JdbcTemplate jdbc, OgcSettings settings, BoundQueries bound) {
        var limited = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        limited.setQueryTimeout((int) Math.max(1, settings.timeout().toSeconds()));
        this.jdbc = JdbcClient.create(limited);
        this.bound = bound;
    }

    /** Which features a page has, and how many there are on all pages. */
    PageKeys listKeys(ItemsRequest request) {
        return bound.query(() -> request.boxes().isEmpty() ? inOrder(request) : within(request));
    }

    /** The features of a part of a page. */
    List<MapFeature> list(MapCollection collection, List<FeatureKey> keys) {
        return bound.query(() -> {
            JdbcClient.StatementSpec query = jdbc.sql(collection.tier() == null ? READ_FEATURES : READ_UNITS)
                    .param("ids", keys.stream().map(FeatureKey::id).collect(Collectors.joining(",")))
                    .param(
                            "moments",
                            keys.stream().map(key -> key.validFrom().toString()).collect(Collectors.joining(",")));
            if (collection.tier() == null) {
                return query.param("kind", kind(collection))
                        .query(PostgisFeatures::feature)
                        .list();
            }
            return query.query(PostgisFeatures::unit).list();
        });
    }

    /** The one feature of this id, as it last was within the time. */
    Optional<MapFeature> find(MapCollection collection, String id, Span span) {
        boolean units = collection.tier() != null;
        String one = (units ? units(collection) : FEATURES) + (units ? " and v.code = :id" : " and l.id = :id")
                + " order by valid_from desc limit 1";
        return bound.query(() -> jdbc.sql(one)
                        .params(time(collection, span))
                        .param("id", id)
                        .query(PostgisFeatures::key)
                        .optional())
                .flatMap(key -> list(collection, List.of(key)).stream().findFirst());
    }

    /** No box: the index gives the order, and the count is another query, on the first page. */
    private PageKeys inOrder(ItemsRequest request) {
        boolean moment = request.span().isMoment();
        boolean units = request.collection().tier() != null;
        String hits = hits(request);
        String keys = "select " + (moment ? "" : "distinct on (id) ") + "id, valid_from from (" + hits
                + (units ? " and v.code > :after" : " and l.id > :after") + ") hit order by id"
                + (moment ? "" : ", valid_from desc") + " limit :limit";
        List<FeatureKey> found = jdbc.sql(keys)
                .params(parameters(request))
                .param("after", request.after())
                .param("limit", request.limit() + 1)
                .query(PostgisFeatures::key)
                .list();
        PageCursor cursor = request.cursor();
        long matched = cursor == null
                ? jdbc.sql("select count(" + (moment ? "*" : "distinct id") + ") from (" + hits + ") hit")
                        .params(parameters(request))
                        .query(Long.class)
                        .single()
                : cursor.matched();
        return PageKeys.of(found, request.limit(), matched);
    }

    /** Index: unit_version_by_place_… of the tier, or layer_feature_by_place, whatever the order: what lies in a box is sorted and counted at once. */
    private PageKeys within(ItemsRequest request) {
        String sql = "with hit as materialized (" + hits(request) + boxes(request) + """
                ), one as materialized (select distinct on (id) id, valid_from from hit order by id, valid_from desc)
                select id, valid_from, (select count(*) from one) as matched
                from one
                where id > :after
                order by id
                limit :limit
                """;
        long[] matched = {request.cursor() == null ? 0 : request.cursor().matched()};
        List<FeatureKey> found = jdbc.sql(sql)
                .params(parameters(request))
                .param("after", request.after())
                .param("limit", request.limit() + 1)
                .query((row, number) -> {
                    matched[0] = request.cursor() == null ? row.getLong("matched") : matched[0];
                    return key(row, number);
                })
                .list();
        return PageKeys.of(found, request.limit(), matched[0]);
    }

    private static String hits(ItemsRequest request) {
        boolean units = request.collection().tier() != null;
        Map<String, String> filters = units ? UNIT_FILTERS : FEATURE_FILTERS;
        return (units ? units(request.collection()) : FEATURES)
                + request.filters().keySet().stream().map(filters::get).collect(Collectors.joining());
    }

    private static String units(MapCollection collection) {
        return UNITS.replace("{tier}", kind(collection));
    }

    private static String boxes(ItemsRequest request) {
        String geometry = request.collection().tier() != null ? "v.boundary" : "l.geometry";
        return IntStream.range(0, request.boxes().size())
                .mapToObj(BOX::formatted)
                .map(box -> "(" + geometry + " && " + box + " and st_intersects(" + geometry + ", " + box + "))")
                .collect(Collectors.joining(" or ", " and (", ")"));
    }

    private static Map<String, Object> parameters(ItemsRequest request) {
        Map<String, Object> parameters = new HashMap<>(time(request.collection(), request.span()));
        Tier tier = request.collection().tier();
        request.filters().forEach((name, value) -> {
            if (!name.equals("kind")) {
                parameters.put(name, value);
            } else if (tier == null) {
                parameters.put("featureKind", value);
            } else {
                parameters.put("digit", tier == Tier.STREET ? 7 : 10);
                parameters.put("digits", digits(tier, UnitKind.valueOf(value)));
            }
        });
        for (int i = 0; i < request.boxes().size(); i++) {
            Box box = request.boxes().get(i);
            parameters.put("west" + i, box.west());
            parameters.put("south" + i, box.south());
            parameters.put("east" + i, box.east());
            parameters.put("north" + i, box.north());
        }
        return parameters;
    }

    private static Map<String, Object> time(MapCollection collection, Span span) {
        return Map.of(
                "kind", kind(collection),
                "from", span.from().atOffset(ZoneOffset.UTC),
                "to", span.to().atOffset(ZoneOffset.UTC));
    }

    private static String kind(MapCollection collection) {
        Tier tier = collection.tier();
        return tier == null ? Objects.requireNonNull(collection.layer()) : tier.name();
    }

    /** The first digits of a street's or a community's own group that make it one of this kind. */
    private static String digits(Tier tier, UnitKind kind) {
        String above = tier == Tier.STREET ? "500103" : "500103001";
        return IntStream.rangeClosed(0, 9)
                .filter(digit -> new UnitCode(above + digit + "11").kind() == kind)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    private static FeatureKey key(ResultSet row, int number) throws SQLException {
        return new FeatureKey(row.getString("id"), moment(row, "valid_from"));
    }

    private static MapFeature unit(ResultSet row, int number) throws SQLException {
        String code = row.getString("id");
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("code", code);
        properties.put("name", row.getString("name"));
        properties.put("tier", row.getString("tier"));
        properties.put("kind", new UnitCode(code).kind().name());
        properties.put("parentCode", row.getString("parent_code"));
        properties.put("population", row.getLong("population"));
        properties.put("areaSquareKilometers", row.getDouble("area_km2"));
        properties.put("provenance", row.getString("provenance"));
        properties.put("mapVersion", row.getLong("map_version"));
        properties.put("validFrom", moment(row, "valid_from").toString());
        properties.put("validTo", end(row));
        properties.put("formerCode", row.getString("former_code"));
        return new MapFeature(code, properties, row.getString("geometry"));
    }

    private static MapFeature feature(ResultSet row, int number) throws SQLException {
        Array types = row.getArray("incident_types");
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("name", row.getString("name"));
        properties.put("kind", row.getString("kind"));
        properties.put("unitCode", row.getString("unit_code"));
        properties.put("departmentCode", row.getString("department_code"));
        properties.put("incidentTypes", types == null ? null : Arrays.asList((Object[]) types.getArray()));
        properties.put("provenance", row.getString("provenance"));
        properties.put("validFrom", moment(row, "valid_from").toString());
        properties.put("validTo", end(row));
        return new MapFeature(row.getString("id"), properties, row.getString("geometry"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable String end(ResultSet row) throws SQLException {
        OffsetDateTime end = row.getObject("valid_to", OffsetDateTime.class);
        return end == null ? null : end.toInstant().toString();
    }

    /** One feature as it was from a moment on. */
    record FeatureKey(String id, Instant validFrom) {}

    /** @param more whether there is another page */
    record PageKeys(List<FeatureKey> keys, long matched, boolean more) {

        static PageKeys of(List<FeatureKey> found, int limit, long matched) {
            boolean more = found.size() > limit;
            return new PageKeys(more ? List.copyOf(found.subList(0, limit)) : List.copyOf(found), matched, more);
        }
    }
}
