package org.citybrain.grid.unit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/units")
@Tag(name = "units", description = "City, districts, streets, communities and grids, as of any moment.")
class UnitEndpoint {

    private static final String CODE = "The unit's code; `500000` is taken for the city `50`.";
    private static final String AT = "As of this moment (ISO-8601); absent: now.";
    private static final String CURSOR = "The `nextCursor` of the page before.";
    private static final String LIMIT = "How many at most, 1 to 1000; absent: 100.";

    private final PostgisUnits units;
    private final PostgisMapVersions versions;
    private final Clock clock;

    UnitEndpoint(PostgisUnits units, PostgisMapVersions versions, Clock clock) {
        this.units = units;
        this.versions = versions;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Units in the order of their codes, page by page",
            description =
                    "With `tier` and `parent`: all units of the tier anywhere below the parent. With `parent` alone: its"
                            + " children. With neither: all units.")
    UnitPage list(
            @Parameter(description = "Only of this tier.", schema = @Schema(implementation = Tier.class))
                    @RequestParam(required = false)
                    @Nullable
                    String tier,
            @Parameter(description = "Only below this unit.", schema = @Schema(type = "string", example = "500103"))
                    @RequestParam(required = false)
                    @Nullable
                    String parent,
            @Parameter(description = CURSOR, schema = @Schema(type = "string", example = "500103001003005"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = LIMIT, schema = @Schema(type = "integer", example = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Instant moment = Parameters.at(at, clock.instant());
        if (parent == null) {
            return page(Parameters.tier(tier, null), null, cursor, limit, moment);
        }
        UnitCode above = get(parent, moment).code();
        Tier below = tier == null ? childTier(above) : Parameters.tier(tier, above);
        return below == null ? UnitPage.EMPTY : page(below, above, cursor, limit, moment);
    }

    @GetMapping("/{code}")
    @Operation(summary = "One unit")
    Unit get(
            @Parameter(description = CODE, schema = @Schema(type = "string", example = "500103")) @PathVariable
                    String code,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        return get(code, Parameters.at(at, clock.instant()));
    }

    @GetMapping("/{code}/children")
    @Operation(
            summary = "The units directly below one",
            description = "A grid has its micro-grids, where there are any.")
    UnitPage children(
            @Parameter(description = CODE, schema = @Schema(type = "string", example = "500103")) @PathVariable
                    String code,
            @Parameter(description = CURSOR, schema = @Schema(type = "string", example = "500103001003005"))
                    @RequestParam(required = false)
                    @Nullable
                    String cursor,
            @Parameter(description = LIMIT, schema = @Schema(type = "integer", example = "100"))
                    @RequestParam(required = false)
                    @Nullable
                    String limit,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        return list(null, code, cursor, limit, at);
    }

    @GetMapping("/{code}/chain")
    @Operation(summary = "From the city down to the unit")
    UnitChain chain(
            @Parameter(description = CODE, schema = @Schema(type = "string", example = "500103")) @PathVariable
                    String code,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Instant moment = Parameters.at(at, clock.instant());
        UnitCode unit = get(code, moment).code();
        return new UnitChain(versions.getInForce(moment).mapVersion(), units.listChain(unit, moment));
    }

    // Some readers of GeoJSON, GDAL's among them, ask for JSON and do not know that there is a media type of its own.
    @GetMapping(
            path = "/{code}/boundary",
            produces = {"application/geo+json", MediaType.APPLICATION_JSON_VALUE})
    @Operation(summary = "The border as a GeoJSON feature, in WGS-84")
    Feature boundary(
            @Parameter(description = CODE, schema = @Schema(type = "string", example = "500103")) @PathVariable
                    String code,
            @Parameter(
                            description = AT,
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Instant moment = Parameters.at(at, clock.instant());
        Unit unit = get(code, moment);
        return units.findBoundary(unit.code(), moment)
                .map(boundary -> new Feature("Feature", unit.code().digits(), unit, boundary))
                .orElseThrow(() -> unknown(unit.code(), moment));
    }

    private Unit get(String code, Instant at) {
        UnitCode unit = Parameters.unitCode("code", code);
        return units.find(unit, at).orElseThrow(() -> unknown(unit, at));
    }

    private UnitPage page(
            @Nullable Tier tier,
            @Nullable UnitCode above,
            @Nullable String cursor,
            @Nullable String limit,
            Instant at) {
        int most = Parameters.limit(limit);
        return UnitPage.of(units.list(tier, above, Parameters.cursor(cursor), most + 1, at), most);
    }

    private static @Nullable Tier childTier(UnitCode unit) {
        for (Tier tier : Tier.values()) {
            if (unit.tier().isAbove(tier)) {
                return tier;
            }
        }
        return null;
    }

    private static RequestProblem unknown(UnitCode unit, Instant at) {
        return new RequestProblem(
                ProblemReason.UNKNOWN_UNIT, "code", unit.digits(), "a unit that is on the map as of " + at);
    }

    /** @param geometry a MultiPolygon */
    @Schema(name = "UnitFeature")
    record Feature(
            @Schema(example = "Feature") String type,
            String id,
            Unit properties,

            @Schema(type = "object", description = "A GeoJSON MultiPolygon.") @JsonRawValue
            String geometry) {}
}
