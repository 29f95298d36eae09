package org.citybrain.grid.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 50,000 devices and 3,000 areas of each other layer in a city of a few borders with thousands of corners. */
class LayersAtCitySizeTest {

    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");
    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient GRID = JdbcClient.create(DATABASE.dataSource(ServiceLogin.GRID));
    private static final PostgisLayers LAYERS = new PostgisLayers(GRID);

    private static final String BORDER = """
            create function pg_temp.border(x float8, y float8, radius float8, corners int) returns geometry
            language sql immutable as $$
                select st_multi(st_setsrid(st_makepolygon(st_makeline(array_agg(
                    st_makepoint(x + radius * (1 + 0.02 * sin(200 * a)) * cos(a), y + radius * (1 + 0.02 * sin(200 * a)) * sin(a))
                    order by i))), 4326))
                from (select i, 2 * pi() * (i % corners) / corners as a from generate_series(0, corners) i) corner
            $$
            """;

    private static final String FILL = """
            insert into grid.unit (code) values ('50'), ('500103'), ('500103001'), ('500103001001'), ('500103001001001');
            insert into grid.map_version (effective_from, created_at, provenance, note)
            values ('2026-01-01Z', '2026-01-01Z', 'SYNTHETIC', 'for a test');
            insert into grid.unit_version (code, valid_from, map_version, name, population, boundary, representative_point,
                                           area_km2, provenance, tier)
            select code, '2026-01-01Z', 1, code, 1, boundary, st_pointonsurface(boundary), 1, 'SYNTHETIC', tier
            from (values ('50', 'CITY', pg_temp.border(107.5, 30, 2, 20000)),
                         ('500103', 'DISTRICT', pg_temp.border(107, 29.9, 0.3, 8000)),
                         ('500103001', 'STREET', pg_temp.border(107, 29.9, 0.05, 2000)),
                         ('500103001001', 'COMMUNITY', pg_temp.border(107, 29.9, 0.03, 300)),
                         ('500103001001001', 'GRID', pg_temp.border(107, 29.9, 0.02, 30))) unit (code, tier, boundary);
            insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, provenance)
            select 'DEVICE', 'device-' || i, '2026-01-01Z', 'CAMERA', 'camera ' || i,
                   st_point(105.9 + 3.2 * ((i * 7919::bigint) % 50021) / 50021.0, 28.4 + 3.2 * ((i * 104729::bigint) % 50023) / 50023.0, 4326),
                   'SYNTHETIC'
            from generate_series(1, 50000) i;
            insert into grid.department (code, name, unit_code, provenance, updated_at)
            select 'department-' || i, 'department', '50', 'SYNTHETIC', '2026-01-01Z' from generate_series(1, 100) i;
            insert into grid.layer_feature (layer, id, valid_from, kind, name, geometry, provenance, unit_code, department_code)
            select layer, layer || i, '2026-01-01Z', 'SCHOOL', 'feature ' || i,
                   case when layer = 'KEY_PLACE' then place else pg_temp.border(st_x(place), st_y(place), 0.02, 60) end,
                   'SYNTHETIC', case when layer = 'ONLINE_GRID' then '500103001001001' end,
                   case when layer = 'RESPONSIBILITY_AREA' then 'department-' || 1 + i % 100 end
            from unnest(array['KEY_PLACE', 'RESPONSIBILITY_AREA', 'ONLINE_GRID', 'WATCH_AREA']) layer,
                 lateral (select i, st_point(106.2 + 2.6 * ((i * 7919::bigint) % 3001) / 3001.0,
                                             28.7 + 2.6 * ((i * 104729::bigint) % 3011) / 3011.0, 4326) as place
                          from generate_series(1, 3000) i) each_place;
            analyze
            """;

    @BeforeAll
    static void fill() throws Exception {
        try (var connection = DATABASE.administratorDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(BORDER);
            statement.execute(FILL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_lies_in_a_unit_is_found_by_the_index_on_layer_and_place(Layer layer) {
        for (String unit : List.of("500103", "500103001", "500103001001001")) {
            assertThat(plan(layer, new FeatureFilter(new UnitCode(unit), null, null, null)))
                    .contains("Index Scan using layer_feature_by_place")
                    .doesNotContain("Seq Scan on layer_feature");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_lies_in_a_box_is_found_by_the_index_on_layer_and_place(Layer layer) {
        assertThat(plan(layer, new FeatureFilter(null, new Box(107, 29.9, 107.05, 29.95), null, null)))
                .contains("layer_feature_by_place")
                .doesNotContain("Seq Scan on layer_feature");
    }

    @ParameterizedTest
    @EnumSource
    void the_whole_city_is_read_in_the_order_of_its_ids_from_the_cursor_on(Layer layer) {
        for (FeatureFilter all : List.of(
                new FeatureFilter(null, null, null, null), new FeatureFilter(new UnitCode("50"), null, null, null))) {
            assertThat(plan(layer, all)).contains("layer_feature_pkey").doesNotContain("unit_version");
        }
    }

    @Test
    void the_areas_of_a_department_are_found_by_the_index_on_it() {
        assertThat(plan(Layer.RESPONSIBILITY_AREA, new FeatureFilter(null, null, null, "department-7")))
                .contains("layer_feature_of_department");
    }

    @Test
    void who_answers_for_a_place_is_found_by_the_index_on_layer_and_place() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("longitude", 107.0);
        parameters.put("latitude", 29.9);
        parameters.put("type", null);
        parameters.put("at", OffsetDateTime.parse("2026-07-01T00:00:00Z"));
        parameters.put("rows", 100);

        assertThat(explained(PostgisResponsibilities.AT_PLACE, parameters))
                .contains("Index Scan using layer_feature_by_place")
                .doesNotContain("Seq Scan on layer_feature");
        assertThat(new PostgisResponsibilities(GRID).listAt(new Position(107, 29.9), null, NOW))
                .hasSize(count("""
                        select count(distinct department_code) from grid.layer_feature
                        where layer = 'RESPONSIBILITY_AREA' and _st_covers(geometry, st_point(107, 29.9, 4326))"""));
    }

    @ParameterizedTest
    @EnumSource
    void the_list_of_a_unit_holds_what_a_look_at_every_feature_finds(Layer layer) {
        FeaturePage.Found found =
                LAYERS.list(layer, new FeatureFilter(new UnitCode("500103"), null, null, null), null, 10_000, NOW);

        assertThat(found.features()).isNotEmpty().hasSize(count("""
                select count(*) from grid.layer_feature f, grid.unit_version u
                where u.code = '500103' and f.layer = '%s' and _st_intersects(u.boundary, f.geometry)""".formatted(layer)));
    }

    private static String plan(Layer layer, FeatureFilter filter) {
        return explained(
                PostgisLayers.listSql(layer, filter),
                new HashMap<>(PostgisLayers.listParameters(layer, filter, null, 101, NOW)));
    }

    private static String explained(String sql, Map<String, @Nullable Object> parameters) {
        return String.join(
                "\n",
                GRID.sql("explain " + sql)
                        .params(parameters)
                        .query(String.class)
                        .list());
    }

    private static int count(String sql) {
        return GRID.sql(sql).query(Integer.class).single();
    }
}
