package org.citybrain.grid.tile;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

@RestController
@RequestMapping("/v1/tiles")
@Tag(name = "tiles", description = "The map as it is drawn: vector tiles of each tier and layer, in web Mercator.")
class TileEndpoint {

    private static final MediaType VECTOR_TILE = MediaType.valueOf("application/vnd.mapbox-vector-tile");

    /** What is drawn of a version of the map does not change: it is kept for a week. */
    private static final Duration AGE_OF_A_VERSION = Duration.ofDays(7);

    private static final String TILESET =
            "A collection as under `/ogc/collections`; the name of a tier or layer does as well.";

    private final DrawTile tiles;
    private final TileSettings settings;
    private final Clock clock;

    TileEndpoint(DrawTile tiles, TileSettings settings, Clock clock) {
        this.tiles = tiles;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "What there are tiles of, and from which zoom on")
    TilesetPage list() {
        return new TilesetPage(
                Arrays.stream(Tileset.values()).map(TilesetDescription::of).toList(), null);
    }

    @GetMapping("/{tileset}/{z}/{x}/{y}.mvt")
    @Operation(
            summary = "One tile",
            description =
                    "204 below the smallest zoom, and where nothing is. The tile has one layer, named as the tileset. A unit has"
                            + " `code`, `name`, `tier`, `population`; a feature of a layer `id`, `kind`, `name`, `unitCode`,"
                            + " `departmentCode`. With the `ETag` of an earlier answer in `If-None-Match` an unchanged tile is 304."
                            + " With `mapVersion` a tile of units never changes, and may be kept for a week.")
    @ApiResponse(
            responseCode = "200",
            description = "A vector tile (MVT 2.1).",
            content =
                    @Content(
                            mediaType = "application/vnd.mapbox-vector-tile",
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "204", description = "Nothing is drawn here.", content = @Content)
    @ApiResponse(responseCode = "304", description = "As it was.", content = @Content)
    ResponseEntity<byte[]> draw(
            @Parameter(description = TILESET, schema = @Schema(type = "string", example = "districts")) @PathVariable
                    String tileset,
            @Parameter(description = "Zoom, 0 to 22.", schema = @Schema(type = "integer", example = "7")) @PathVariable
                    String z,
            @Parameter(description = "Column from the west.", schema = @Schema(type = "integer", example = "101"))
                    @PathVariable
                    String x,
            @Parameter(description = "Row from the north.", schema = @Schema(type = "integer", example = "52"))
                    @PathVariable
                    String y,
            @Parameter(
                            description = "As of this moment (ISO-8601); absent: now.",
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at,
            @Parameter(
                            description =
                                    "This version of the map, of `/v1/map-versions`; not for layers, and not with `at`.",
                            schema = @Schema(type = "integer", format = "int64", example = "1"))
                    @RequestParam(required = false)
                    @Nullable
                    String mapVersion,
            ServletWebRequest request) {
        Tileset drawn = tileset(tileset);
        TileAddress tile = TileAddress.read(z, x, y);
        Instant moment = at == null ? null : Parameters.at(at, clock.instant());
        Long version = mapVersion(mapVersion, drawn, at);
        CacheControl cache = version == null
                ? CacheControl.maxAge(settings.maxAge()).cachePrivate().mustRevalidate()
                : CacheControl.maxAge(AGE_OF_A_VERSION).cachePrivate().immutable();
        if (tile.z() < drawn.smallestZoom()) {
            return ResponseEntity.noContent().cacheControl(cache).build();
        }
        DrawTile.Source source = tiles.source(drawn, tile, moment, version);
        // This also writes the tag into the answer.
        if (request.checkNotModified("\"" + source.tag() + "\"")) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .cacheControl(cache)
                    .build();
        }
        byte[] bytes = tiles.draw(source);
        return bytes.length == 0
                ? ResponseEntity.noContent().cacheControl(cache).build()
                : ResponseEntity.ok()
                        .contentType(VECTOR_TILE)
                        .cacheControl(cache)
                        .body(bytes);
    }

    private static Tileset tileset(String name) {
        return Tileset.find(name)
                .orElseThrow(() -> new RequestProblem(
                        ProblemReason.UNKNOWN_TILESET,
                        "tileset",
                        name,
                        "one of "
                                + Arrays.stream(Tileset.values())
                                        .map(Tileset::id)
                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable Long mapVersion(@Nullable String value, Tileset tileset, @Nullable String at) {
        if (value == null) {
            return null;
        }
        if (tileset.tier() == null) {
            throw new RequestProblem(
                    ProblemReason.BAD_MAP_VERSION,
                    "mapVersion",
                    value,
                    "none: a layer changes beside the map's versions");
        }
        if (at != null) {
            throw new RequestProblem(ProblemReason.BAD_MAP_VERSION, "mapVersion", value, "either mapVersion or at");
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new RequestProblem(ProblemReason.BAD_MAP_VERSION, "mapVersion", value, "a whole number");
        }
        return Long.valueOf(value);
    }

    record TilesetPage(
            List<TilesetDescription> items, @Nullable String nextCursor) {}

    @Schema(name = "Tileset")
    record TilesetDescription(
            @Schema(description = "In the path, and the name of the tiles' one layer.", example = "districts")
            String id,

            @Schema(description = "Below it there is nothing to draw.", example = "0")
            int smallestZoom,

            @Schema(example = "22") int largestZoom,

            @Schema(example = "/v1/tiles/districts/{z}/{x}/{y}.mvt")
            String path) {

        static TilesetDescription of(Tileset tileset) {
            return new TilesetDescription(
                    tileset.id(),
                    tileset.smallestZoom(),
                    Tileset.LARGEST_ZOOM,
                    "/v1/tiles/" + tileset.id() + "/{z}/{x}/{y}.mvt");
        }
    }
}
