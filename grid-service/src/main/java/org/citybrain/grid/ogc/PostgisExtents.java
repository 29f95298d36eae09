package org.citybrain.grid.ogc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far collections reach, in place (degrees of WGS-84) and time; of all that ever was or will be in them. */
@Repository
class PostgisExtents {

    /** One row a version of the city: index unit_version_in_order. All units lie within it. */
    private static final String CITY = """
            select st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north, begins
            from (select st_extent(boundary) as box, min(valid_from) as begins from grid.unit_view where tier = 'CITY') city
            where box is not null
            """;

    /** All of a layer; so it is kept until the layer changes. */
    private static final String LAYER = """
            select st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north, begins
            from (select st_extent(geometry) as box, min(valid_from) as begins from grid.layer_feature_view where layer = :layer) features
            where box is not null
            """;

    private static final String CHANGE = "select change from grid.layer_change where layer = :layer";

    private final JdbcClient jdbc;
    private final BoundQueries bound;
    private final Map<String, Kept> layers = new ConcurrentHashMap<>();

    PostgisExtents(JdbcClient jdbc, BoundQueries bound) {
        this.jdbc = jdbc;
        this.bound = bound;
    }

    /** Nothing where the collection never had a feature. */
    Optional<MapExtent> find(MapCollection collection) {
        return bound.query(
                () -> collection.tier() != null ? findCity() : findLayer(Objects.requireNonNull(collection.layer())));
    }

    private Optional<MapExtent> findCity() {
        return jdbc.sql(CITY).query(PostgisExtents::extent).optional();
    }

    private Optional<MapExtent> findLayer(String layer) {
        long change = jdbc.sql(CHANGE)
                .param("layer", layer)
                .query(Long.class)
                .optional()
                .orElse(0L);
        Kept kept = layers.get(layer);
        if (kept == null || kept.change() != change) {
            kept = new Kept(
                    change,
                    jdbc.sql(LAYER)
                            .param("layer", layer)
                            .query(PostgisExtents::extent)
                            .optional());
            layers.put(layer, kept);
        }
        return kept.extent();
    }

    private static MapExtent extent(ResultSet row, int number) throws SQLException {
        return new MapExtent(
                new Box(row.getDouble("west"), row.getDouble("south"), row.getDouble("east"), row.getDouble("north")),
                row.getObject("begins", OffsetDateTime.class).toInstant());
    }

    /** @param begins when the first of its features began; nothing is known to be the last one */
    record MapExtent(Box box, Instant begins) {}

    private record Kept(long change, Optional<MapExtent> extent) {}
}
