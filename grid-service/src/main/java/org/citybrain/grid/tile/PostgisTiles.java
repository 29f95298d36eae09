package org.citybrain.grid.tile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Draws tiles in PostGIS. Features stand in the order of their codes, so that the same map gives the same bytes. Geometry in web
 * Mercator (SRID 3857), cut at the tile's edge and rounded to its units by {@code ST_AsMVTGeom}; what is smaller than one is left
 * out.
 */
@Repository
class PostgisTiles {

    /** A few rows: no index but the primary key. The level is there when it is done. */
    private static final String UNITS_IN_FORCE = """
            select m.id, m.effective_from,
                   (select l.id from grid.tile_level l
                    where l.map_version = m.id and l.tier = :tier and l.to_zoom = :level and l.rendition = :rendition and l.done) as level
            from grid.map_version_view m
            where m.effective_from <= :at
            order by m.effective_from desc, m.id desc
            limit 1
            """;

    private static final String UNITS_OF_VERSION = """
            select m.id, m.effective_from,
                   (select l.id from grid.tile_level l
                    where l.map_version = m.id and l.tier = :tier and l.to_zoom = :level and l.rendition = :rendition and l.done) as level
            from grid.map_version_view m
            where m.id = :version
            """;

    /** Index: tile_unit_by_place (level, boundary). A level that is being removed is done no more, and seen so in one statement. */
    private static final String DRAW_LEVEL = """
            with level as materialized (select id from grid.tile_level where id = :level and done),
                 square as (select st_tileenvelope(:z, :x, :y) as tile, st_tileenvelope(:z, :x, :y, margin => :margin) as reach),
                 feature as (
                     select st_asmvtgeom(u.boundary, s.tile, :extent, :buffer, true) as geometry, u.code, u.name, :tier as tier, u.population
                     from level l join grid.tile_unit u on u.level = l.id, square s
                     where u.boundary && s.reach)
            select (select st_asmvt(f, :layer, :extent, 'geometry')
                    from (select * from feature where geometry is not null order by code) f) as tile
            from level
            """;

    /** Index: unit_version_by_place_… of the tier, which stands in the text so that the index is known to do. */
    private static final String DRAW_UNITS = """
            with feature as (
                select st_asmvtgeom(st_transform(v.boundary, 3857), st_tileenvelope(:z, :x, :y), :extent, :buffer, true) as geometry,
                       v.code, v.name, v.tier, v.population
                from grid.unit_view v
                where v.tier = '{tier}' and v.boundary && st_makeenvelope(:west, :south, :east, :north, 4326)
                  and v.valid_from <= :at and (v.valid_to is null or v.valid_to > :at))
            select st_asmvt(f, :layer, :extent, 'geometry') as tile
            from (select * from feature where geometry is not null order by code) f
            """;

    /**
     * Index: layer_feature_by_place (layer, geometry). Areas are cut a little outside of the tile, so that what is far away costs nothing, and
     * lose what is smaller than half a pixel, each for itself: they share no borders.
     */
    private static final String DRAW_LAYER = """
            with feature as (
                select st_asmvtgeom(st_transform(st_simplify(st_removerepeatedpoints(
                           st_clipbybox2d(l.geometry, st_expand(reach.box, 8 * :degrees)), :degrees), :degrees, true), 3857),
                           st_tileenvelope(:z, :x, :y), :extent, :buffer, true) as geometry,
                       l.id, l.kind, l.name, l.unit_code as "unitCode", l.department_code as "departmentCode"
                from grid.layer_feature_view l, (select st_makeenvelope(:west, :south, :east, :north, 4326) as box) reach
                where l.layer = :kind and l.geometry && reach.box
                  and l.valid_from <= :at and (l.valid_to is null or l.valid_to > :at))
            select st_asmvt(f, :layer, :extent, 'geometry') as tile
            from (select * from feature where geometry is not null order by id) f
            """;

    /** Indexes: layer_change_pkey, layer_feature_began, layer_feature_ended, each for one row. */
    private static final String LAYER_STATE = """
            select coalesce((select c.change from grid.layer_change c where c.layer = :kind), 0) as change,
                   greatest((select max(valid_from) from grid.layer_feature_view where layer = :kind and valid_from <= :at),
                            (select max(valid_to) from grid.layer_feature_view where layer = :kind and valid_to <= :at)) as moved
            """;

    private final JdbcClient jdbc;

    PostgisTiles(JdbcTemplate jdbc, TileSettings settings) {
        var bounded = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        bounded.setQueryTimeout((int) Math.max(1, settings.timeout().toSeconds()));
        this.jdbc = JdbcClient.create(bounded);
    }

    /** The map that is in force at a moment, and whether the tier is simplified for a zoom. */
    Optional<UnitsState> findUnits(Tier tier, @Nullable Integer level, Instant at) {
        return units(jdbc.sql(UNITS_IN_FORCE).param("at", at.atOffset(ZoneOffset.UTC)), tier, level);
    }

    Optional<UnitsState> findUnits(Tier tier, @Nullable Integer level, long mapVersion) {
        return units(jdbc.sql(UNITS_OF_VERSION).param("version", mapVersion), tier, level);
    }

    private static Optional<UnitsState> units(JdbcClient.StatementSpec query, Tier tier, @Nullable Integer level) {
        return query.param("tier", tier.name())
                .param("level", level == null ? -1 : level)
                .param("rendition", SimplifyTier.RENDITION)
                .query((row, number) -> new UnitsState(
                        row.getLong("id"),
                        row.getObject("effective_from", OffsetDateTime.class).toInstant(),
                        row.getObject("level", Long.class)))
                .optional();
    }

    /** How far a layer has changed at a moment: by its changes, and by what has begun or ended by itself. */
    LayerState getLayer(String layer, Instant at) {
        return jdbc.sql(LAYER_STATE)
                .param("kind", layer)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    OffsetDateTime moved = row.getObject("moved", OffsetDateTime.class);
                    return new LayerState(row.getLong("change"), moved == null ? Instant.EPOCH : moved.toInstant());
                })
                .single();
    }

    /** Draws a tile from a simplified level; nothing if that has been removed meanwhile. */
    Optional<byte[]> draw(Tileset tileset, Tier tier, TileAddress tile, long level) {
        return jdbc.sql(DRAW_LEVEL)
                .params(square(tileset, tile))
                .param("margin", (double) TileAddress.BUFFER / TileAddress.EXTENT)
                .param("level", level)
                .param("tier", tier.name())
                .query((row, number) -> row.getBytes("tile"))
                .optional();
    }

    /** Draws a tile from the units themselves. */
    byte[] draw(Tileset tileset, Tier tier, TileAddress tile, Instant at) {
        return jdbc.sql(DRAW_UNITS.replace("{tier}", tier.name()))
                .params(square(tileset, tile))
                .params(box(tile))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getBytes("tile"))
                .single();
    }

    byte[] drawLayer(Tileset tileset, String layer, TileAddress tile, Instant at) {
        return jdbc.sql(DRAW_LAYER)
                .params(square(tileset, tile))
                .param("degrees", tile.degreesOfHalfAPixel())
                .params(box(tile))
                .param("kind", layer)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getBytes("tile"))
                .single();
    }

    private static Map<String, Object> square(Tileset tileset, TileAddress tile) {
        return Map.of(
                "layer", tileset.id(),
                "z", tile.z(),
                "x", tile.x(),
                "y", tile.y(),
                "extent", TileAddress.EXTENT,
                "buffer", TileAddress.BUFFER);
    }

    private static Map<String, Object> box(TileAddress tile) {
        return Map.of("west", tile.west(), "south", tile.south(), "east", tile.east(), "north", tile.north());
    }

    /** @param level the simplified tier; null where it is not there, or not needed at that zoom */
    record UnitsState(
            long mapVersion,
            Instant effectiveFrom,
            @Nullable Long level) {}

    /** @param moved when something last began or ended */
    record LayerState(long change, Instant moved) {}
}
