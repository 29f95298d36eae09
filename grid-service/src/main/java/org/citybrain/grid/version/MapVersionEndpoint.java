package org.citybrain.grid.version;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "map versions", description = "Boundaries move, so the map is versioned in time.")
class MapVersionEndpoint {

    private final PostgisMapVersions versions;
    private final PostgisMapDiff diff;

    MapVersionEndpoint(PostgisMapVersions versions, PostgisMapDiff diff) {
        this.versions = versions;
        this.diff = diff;
    }

    @GetMapping("/v1/map-versions")
    @Operation(summary = "All versions of the map, the newest first", description = "One page: there are a few a year.")
    MapVersionPage list() {
        return new MapVersionPage(versions.list(), null);
    }

    @GetMapping("/v1/map-versions/{from}/diff")
    @Operation(
            summary = "What has changed between two versions of the map, unit by unit in the order of their codes",
            description = """
                    A unit that goes on under another code is one change, told under its later code. A page may hold fewer changes \
                    than its limit, when units have changed and changed back; the last one has no `nextCursor`.""")
    MapDiff diff(
            @Parameter(description = "The earlier version.", schema = @Schema(type = "integer", example = "1"))
                    @PathVariable
                    String from,
            @Parameter(
                            description = "The later version; absent: the newest.",
                            schema = @Schema(type = "integer", example = "2"))
                    @RequestParam(required = false)
                    @Nullable
                    String to,
            @Parameter(
                            description = "The `nextCursor` of the page before.",
                            schema = @Schema(type = "string", example = "500103001003005"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(
                            description = "How many at most, 1 to 1000; absent: 100.",
                            schema = @Schema(type = "integer", example = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        MapVersion earlier = versions.get("from", id("from", from));
        MapVersion later = to == null ? versions.findNewest().orElse(earlier) : versions.get("to", id("to", to));
        if (later.effectiveFrom().isBefore(earlier.effectiveFrom())) {
            throw new RequestProblem(
                    ProblemReason.BAD_PARAMETER,
                    "to",
                    Long.toString(later.mapVersion()),
                    "a version later than " + from);
        }
        UnitCode after = Parameters.cursor(cursor);
        PostgisMapDiff.Page page = diff.find(
                earlier.effectiveFrom(),
                later.effectiveFrom(),
                after == null ? "" : after.digits(),
                Parameters.limit(limit));
        return new MapDiff(earlier.mapVersion(), later.mapVersion(), page.changes(), page.nextCode());
    }

    private static long id(String name, String value) {
        if (value.matches("[0-9]{1,18}")) {
            return Long.parseLong(value);
        }
        throw new RequestProblem(ProblemReason.BAD_PARAMETER, name, value, "the number of a version of the map");
    }

    record MapVersionPage(List<MapVersion> items, @Nullable String nextCursor) {}

    record MapDiff(
            @Schema(example = "1") long from,
            @Schema(example = "2") long to,
            List<MapChange> items,
            @Schema(nullable = true) @Nullable String nextCursor) {}
}
