package org.citybrain.grid.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lies on the map beside the units; each is a path of its own. */
enum Layer {
    KEY_PLACE("/v1/key-places"),
    DEVICE("/v1/devices"),
    RESPONSIBILITY_AREA("/v1/responsibility-areas"),
    ONLINE_GRID("/v1/online-grids"),
    WATCH_AREA("/v1/watch-areas");

    private static final Set<String> KINDS_OF_KEY_PLACES =
            Set.of("SCHOOL", "HOSPITAL", "CHEMICAL_PLANT", "METRO_HUB", "RESERVOIR");

    private final String path;

    Layer(String path) {
        this.path = path;
    }

    /** @param path of the layer, or one below it */
    static Layer ofPath(String path) {
        return Arrays.stream(values())
                .filter(layer -> path.equals(layer.path) || path.startsWith(layer.path + "/"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + path + "' is the path of no layer"));
    }

    /** Points; the others are polygons. */
    boolean isOfPoints() {
        return this == KEY_PLACE || this == DEVICE;
    }

    boolean knowsKind(@Nullable String kind) {
        return kind != null
                && (this == KEY_PLACE ? KINDS_OF_KEY_PLACES.contains(kind) : kind.matches("[A-Z][A-Z0-9_]{0,63}"));
    }

    String expectedKind() {
        return this == KEY_PLACE
                ? "one of SCHOOL, HOSPITAL, CHEMICAL_PLANT, METRO_HUB, RESERVOIR"
                : "1 to 64 capital letters, digits and underscores, a letter first, such as CAMERA";
    }

    /** The word for one feature, as it stands in the audit trail. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
