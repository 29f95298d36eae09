package org.citybrain.api.page;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.Datum;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Map", description = "What a map is drawn from")
class BaseMapEndpoint {

    private final BaseMap baseMap;

    BaseMapEndpoint(BaseMapSettings settings) {
        this.baseMap = new BaseMap(
                settings.url().isEmpty() ? null : settings.url(),
                settings.attribution(),
                settings.datum(),
                settings.largestZoom());
    }

    @Operation(
            operationId = "getBaseMap",
            summary =
                    "The map of streets and houses that lies under everything else, where the operator has chosen one",
            description = """
                    From a tile server outside of City Brain, for everybody who is signed in. `url` is null where there is none: so it is \
                    unless `city-brain.api.base-map.url` says otherwise.""")
    @GetMapping("/v1/base-map")
    BaseMap get(@Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return baseMap;
    }

    /**
     * Where the tiles come from.
     *
     * @param url of a tile of 256 × 256 pixels in web Mercator, with `{z}`, `{x}` and `{y}` or `{-y}`; null: there is no base map
     * @param attribution what the map's owner wants to be said beside it
     * @param datum in which the tiles are drawn: `WGS84`, `CGCS2000` or `GCJ02`
     * @param largestZoom the largest `{z}` that there is
     */
    record BaseMap(@Nullable String url, String attribution, Datum datum, int largestZoom) {}
}
