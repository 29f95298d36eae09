package org.citybrain.grid.tile;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.tile.PostgisTiles.LayerState;
import org.citybrain.grid.tile.PostgisTiles.UnitsState;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds out what a tile would be drawn from, which is quick, and draws it, of which only so many are done at once: tiles are
 * asked for by the dozen, and must leave connections to others.
 */
@Component
public class DrawTile {

    private final PostgisTiles tiles;
    private final TileSettings settings;
    private final Clock clock;
    private final Semaphore places;

    DrawTile(PostgisTiles tiles, TileSettings settings, Clock clock) {
        this.tiles = tiles;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce(), true);
    }

    /**
     * What a tile is drawn from.
     *
     * @param at as of which moment; null: now
     * @param mapVersion which version of the map; null: the one in force at that moment
     * @throws RequestProblem if there is no map as of then, or no such version
     */
    public Source source(Tileset tileset, TileAddress tile, @Nullable Instant at, @Nullable Long mapVersion) {
        Instant moment = at == null ? clock.instant() : at;
        Tier tier = tileset.tier();
        if (tier == null) {
            String layer = Objects.requireNonNull(tileset.layer());
            LayerState state = tiles.getLayer(layer, moment);
            String tag = "l" + state.change() + "-" + state.moved().toEpochMilli();
            return new Source(tag, () -> tiles.drawLayer(tileset, layer, tile, moment));
        }
        Integer level = tileset.level(tile.z()).orElse(null);
        UnitsState state = mapVersion == null
                ? tiles.findUnits(tier, level, moment)
                        .orElseThrow(() -> new RequestProblem(
                                ProblemReason.NO_MAP, "at", moment.toString(), "a moment at which a map was in force"))
                : tiles.findUnits(tier, level, mapVersion)
                        .orElseThrow(() -> new RequestProblem(
                                ProblemReason.UNKNOWN_MAP_VERSION,
                                "mapVersion",
                                mapVersion.toString(),
                                "the mapVersion of one of /v1/map-versions"));
        Long simplified = state.level();
        String tag = "m" + state.mapVersion() + (simplified == null ? "" : "-s" + SimplifyTier.RENDITION);
        return new Source(
                tag,
                () -> simplified == null
                        ? tiles.draw(tileset, tier, tile, state.effectiveFrom())
                        : tiles.draw(tileset, tier, tile, simplified)
                                .orElseGet(() -> tiles.draw(tileset, tier, tile, state.effectiveFrom())));
    }

    /**
     * The tile, in the format of Mapbox's vector tiles 2.1; of no bytes where nothing is.
     *
     * @throws RequestProblem {@code BUSY} if too many others are being drawn
     */
    public byte[] draw(Source source) {
        if (!takePlace()) {
            RequestProblem busy = new RequestProblem(
                    ProblemReason.BUSY, "tiles", settings.atOnce() + " at once", "fewer at the same time, come again");
            busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            throw busy;
        }
        try {
            return source.drawing().get();
        } finally {
            places.release();
        }
    }

    private boolean takePlace() {
        try {
            return places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param tag differs where the tile may */
    public record Source(String tag, Supplier<byte[]> drawing) {}
}
