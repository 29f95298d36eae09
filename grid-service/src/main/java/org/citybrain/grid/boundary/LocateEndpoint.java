package org.citybrain.grid.boundary;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.unit.PostgisUnits;
import org.citybrain.grid.unit.UnitChain;
import org.citybrain.grid.version.MapVersion;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "locate", description = "From a place to the five units that govern it.")
class LocateEndpoint {

    private final PostgisGridAt grids;
    private final PostgisUnits units;
    private final PostgisMapVersions versions;
    private final Clock clock;

    LocateEndpoint(PostgisGridAt grids, PostgisUnits units, PostgisMapVersions versions, Clock clock) {
        this.grids = grids;
        this.units = units;
        this.versions = versions;
        this.clock = clock;
    }

    @GetMapping("/v1/locate")
    @Operation(
            summary = "The chain of units at a place",
            description =
                    "A place on a shared border belongs to the grid with the lowest code. 404 with reason `OUTSIDE_CITY`"
                            + " where no grid is.")
    Located locate(
            @Parameter(
                            required = true,
                            description = "Degrees, in the datum given.",
                            schema = @Schema(type = "number"),
                            example = "106.5784")
                    @RequestParam(required = false)
                    @Nullable
                    String longitude,
            @Parameter(
                            required = true,
                            description = "Degrees, in the datum given.",
                            schema = @Schema(type = "number"),
                            example = "29.5582")
                    @RequestParam(required = false)
                    @Nullable
                    String latitude,
            @Parameter(
                            required = true,
                            description =
                                    "What the position is given in. There is no default: phones and most Chinese maps say"
                                            + " GCJ02, GPS and sensors WGS84.",
                            schema = @Schema(implementation = Datum.class),
                            example = "WGS84")
                    @RequestParam(required = false)
                    @Nullable
                    String datum,
            @Parameter(
                            description = "As of this moment (ISO-8601); absent: now.",
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Position position =
                Parameters.datum(datum).toWgs84(Parameters.longitude(longitude), Parameters.latitude(latitude));
        Instant moment = Parameters.at(at, clock.instant());
        MapVersion version = versions.getInForce(moment);
        UnitCode grid = grids.find(position, moment).orElseThrow(() -> outside(longitude, latitude, datum));
        return new Located(version.mapVersion(), position, units.listChain(grid, moment));
    }

    private static RequestProblem outside(
            @Nullable String longitude, @Nullable String latitude, @Nullable String datum) {
        return new RequestProblem(
                ProblemReason.OUTSIDE_CITY,
                "location",
                longitude + ", " + latitude + " (" + datum + ")",
                "a place inside the city");
    }

    record Located(
            @Schema(description = "The version of the map that answers.", example = "1")
            long mapVersion,

            @Schema(description = "The place in WGS-84.") Position position,

            @Schema(description = "City, district, street, community, grid.")
            List<UnitChain.Link> chain) {}
}
