package org.citybrain.grid.tile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * What there are tiles of: a tier of units or a layer beside them. Each begins at the smallest zoom at which every tile of the
 * full city stays below 150 ms and 300 kB ({@code docs/performance.md}); tiles below that are empty.
 */
public enum Tileset {
    CITY(Tier.CITY, 0, 5, 8, 11),
    DISTRICTS(Tier.DISTRICT, 0, 5, 7, 9, 11),
    STREETS(Tier.STREET, 6, 7, 9, 11),
    COMMUNITIES(Tier.COMMUNITY, 9, 9, 10, 12),
    GRIDS(Tier.GRID, 12, 12, 13),
    MICRO_GRIDS(Tier.MICRO_GRID, 14),
    KEY_PLACES("KEY_PLACE", 9),
    DEVICES("DEVICE", 13),
    RESPONSIBILITY_AREAS("RESPONSIBILITY_AREA", 8),
    ONLINE_GRIDS("ONLINE_GRID", 12),
    WATCH_AREAS("WATCH_AREA", 6);

    static final int LARGEST_ZOOM = 22;

    private final @Nullable Tier tier;
    private final @Nullable String layer;
    private final int smallestZoom;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Integer> levels;

    /** @param levels up to which zooms the tier is simplified at once; above the last one it is drawn as it is */
    Tileset(Tier tier, int smallestZoom, Integer... levels) {
        this.tier = tier;
        this.layer = null;
        this.smallestZoom = smallestZoom;
        this.levels = List.of(levels);
    }

    /** Layers are drawn as they are: mostly points, and areas of a few corners. */
    Tileset(String layer, int smallestZoom) {
        this.tier = null;
        this.layer = layer;
        this.smallestZoom = smallestZoom;
        this.levels = List.of();
    }

    /** By the name in a path; the name of the tier or of the layer does as well. */
    static Optional<Tileset> find(String name) {
        return Arrays.stream(values())
                .filter(tileset -> tileset.id().equals(name)
                        || name.equals(tileset.layer)
                        || (tileset.tier != null && name.equals(tileset.tier.name())))
                .findFirst();
    }

    static List<Tileset> ofUnits() {
        return Arrays.stream(values()).filter(tileset -> tileset.tier != null).toList();
    }

    /** In paths, and the name of the one layer of its tiles: {@code micro-grids}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Nullable
    Tier tier() {
        return tier;
    }

    @Nullable
    String layer() {
        return layer;
    }

    public int smallestZoom() {
        return smallestZoom;
    }

    List<Integer> levels() {
        return levels;
    }

    /** The level that a zoom is drawn from. */
    Optional<Integer> level(int zoom) {
        return levels.stream().filter(to -> zoom <= to).findFirst();
    }
}
