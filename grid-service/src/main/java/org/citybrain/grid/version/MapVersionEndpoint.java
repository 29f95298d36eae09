package org.citybrain.grid.version;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "map versions", description = "Boundaries move, so the map is versioned in time.")
class MapVersionEndpoint {

    private final PostgisMapVersions versions;

    MapVersionEndpoint(PostgisMapVersions versions) {
        this.versions = versions;
    }

    @GetMapping("/v1/map-versions")
    @Operation(summary = "All versions of the map, the newest first", description = "One page: there are a few a year.")
    MapVersionPage list() {
        return new MapVersionPage(versions.list(), null);
    }

    record MapVersionPage(List<MapVersion> items, @Nullable String nextCursor) {}
}
