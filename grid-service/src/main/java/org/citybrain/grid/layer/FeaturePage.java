package org.citybrain.grid.layer;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of features. */
record FeaturePage(
        List<LayerFeature> items,

        @Schema(
                nullable = true,
                description = "Passed as `cursor`, gives the next page; null on the last.",
                example = "school-17")
        @Nullable
        String nextCursor) {

    FeaturePage {
        items = List.copyOf(items);
    }

    static FeaturePage of(Found found, int limit, Function<LayerFeature, String> key) {
        List<LayerFeature> items =
                found.features().subList(0, Math.min(limit, found.features().size()));
        return new FeaturePage(items, items.size() < found.matches() ? key.apply(items.getLast()) : null);
    }

    /**
     * What was read for a page.
     *
     * @param features fewer than match where their geometries would make the page too long
     * @param matches one more than the limit where there are more
     */
    record Found(List<LayerFeature> features, int matches) {

        Found {
            features = List.copyOf(features);
        }
    }
}
