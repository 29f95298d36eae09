package org.citybrain.grid.layer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import org.citybrain.access.Person;
import org.citybrain.grid.layer.ReadFeature.FeatureBody;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;

/** The five layers are asked and changed in the same way. */
@RestController
@RequestMapping({"/v1/key-places", "/v1/devices", "/v1/responsibility-areas", "/v1/online-grids", "/v1/watch-areas"})
@Tag(
        name = "layers",
        description =
                "What lies on the map beside the units: key places, devices, the areas that departments answer for,"
                        + " online grids bound to grids, watch areas. Each feature has its own times.")
class LayerEndpoint {

    private static final String ID = "1 to 128 letters, digits, dots, hyphens and underscores.";
    private static final String AT = "As of this moment (ISO-8601); absent: now.";
    private static final String FROM = "From this moment on (ISO-8601); absent: now.";
    private static final String LIMIT =
            "How many at most, 1 to 1000; absent: 100. Fewer where their geometries are long.";

    private final PostgisLayers layers;
    private final PostgisLayerChanges changes;
    private final ReadFeature read;
    private final Clock clock;

    LayerEndpoint(PostgisLayers layers, PostgisLayerChanges changes, ReadFeature read, Clock clock) {
        this.layers = layers;
        this.changes = changes;
        this.read = read;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Features in the order of their ids, page by page",
            description = "Those that meet all that is asked.")
    FeaturePage list(
            HttpServletRequest request,
            @Parameter(
                            description =
                                    "Only what lies in this unit, wholly or in part, by the border that it has as of the moment.",
                            schema = @Schema(type = "string", example = "500103"))
                    @RequestParam(required = false)
                    @Nullable
                    String unit,
            @Parameter(
                            description = "Only what meets this box: west,south,east,north in degrees, WGS-84.",
                            schema = @Schema(type = "string", example = "106.4,29.5,106.6,29.6"))
                    @RequestParam(required = false)
                    @Nullable
                    String bbox,
            @Parameter(description = "Only of this kind.", schema = @Schema(type = "string", example = "SCHOOL"))
                    @RequestParam(required = false)
                    @Nullable
                    String kind,
            @Parameter(
                            description = "Only areas of this department: for responsibility areas alone.",
                            schema = @Schema(type = "string"))
                    @RequestParam(required = false)
                    @Nullable
                    String department,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at,
            @Parameter(description = "The `nextCursor` of the page before.", schema = @Schema(type = "string"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = LIMIT, schema = @Schema(type = "integer", example = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        Layer layer = layer(request);
        Instant moment = Parameters.at(at, clock.instant());
        int most = Parameters.limit(limit);
        FeatureFilter filter = read.filter(layer, unit, bbox, kind, department, moment);
        return FeaturePage.of(
                layers.list(layer, filter, read.cursor(cursor), most + 1, moment), most, LayerFeature::id);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One feature")
    LayerFeature get(
            HttpServletRequest request,
            @Parameter(description = ID) @PathVariable String id,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        return get(layer(request), read.id(id), Parameters.at(at, clock.instant()));
    }

    @GetMapping("/{id}/history")
    @Operation(
            summary = "All versions of one feature, the newest first",
            description = "What was, what is and what is planned.")
    FeaturePage history(
            HttpServletRequest request,
            @Parameter(description = ID) @PathVariable String id,
            @Parameter(description = "The `nextCursor` of the page before.", schema = @Schema(type = "string"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = LIMIT, schema = @Schema(type = "integer", example = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit) {
        Layer layer = layer(request);
        int most = Parameters.limit(limit);
        FeaturePage page = FeaturePage.of(
                layers.listHistory(layer, read.id(id), read.cursorOfHistory(cursor), most + 1),
                most,
                feature -> feature.validFrom().toString());
        if (page.items().isEmpty() && cursor == null) {
            throw unknown(id, "one that this layer has or had");
        }
        return page;
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Registers a feature, or changes it from a moment on",
            description =
                    "The version in force at that moment ends, this one begins, and lasts as long as that would have"
                            + " lasted. What was before the present version is not changed any more (409,"
                            + " `BEFORE_VERSION_IN_FORCE`); what is planned may be planned anew. The same again changes nothing. Only"
                            + " within your own unit's border. The change is in the audit trail.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = FeatureBody.class)))
    LayerFeature put(
            HttpServletRequest request,
            @Parameter(description = ID) @PathVariable String id,
            @Parameter(
                            description = FROM,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String effectiveFrom,
            InputStream body,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person)
            throws IOException {
        Layer layer = layer(request);
        read.id(id);
        Instant from = read.effectiveFrom(effectiveFrom);
        FeatureContent content = read.content(layer, read.body(body), person, from == null ? clock.instant() : from);
        return get(layer, id, changes.put(layer, id, content, from, read.reach(person)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Ends a feature at a moment",
            description =
                    "With all that was planned for it after that. Its history stays. To end it at a moment before the"
                            + " present version began is refused (409, `BEFORE_VERSION_IN_FORCE`).")
    void end(
            HttpServletRequest request,
            @Parameter(description = ID) @PathVariable String id,
            @Parameter(
                            description = FROM,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String effectiveFrom,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person) {
        if (!changes.end(layer(request), read.id(id), read.effectiveFrom(effectiveFrom), read.reach(person))) {
            throw unknown(id, "one that this layer has at that moment or later");
        }
    }

    private LayerFeature get(Layer layer, String id, Instant at) {
        return layers.find(layer, id, at).orElseThrow(() -> unknown(id, "one that this layer has as of " + at));
    }

    private static Layer layer(HttpServletRequest request) {
        return Layer.ofPath(String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)));
    }

    private static RequestProblem unknown(String id, String expected) {
        return new RequestProblem(ProblemReason.UNKNOWN_FEATURE, "id", id, expected);
    }
}
