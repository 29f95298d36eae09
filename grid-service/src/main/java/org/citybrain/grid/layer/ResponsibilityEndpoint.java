package org.citybrain.grid.layer;

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
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "responsibilities", description = "From a place to the departments that answer for it.")
class ResponsibilityEndpoint {

    private final PostgisResponsibilities responsibilities;
    private final Clock clock;

    ResponsibilityEndpoint(PostgisResponsibilities responsibilities, Clock clock) {
        this.responsibilities = responsibilities;
        this.clock = clock;
    }

    @GetMapping("/v1/responsibilities")
    @Operation(
            summary = "The departments that answer for a place, the one with the smallest area first",
            description = "Each department once, by the smallest of its areas there; 100 at most. 404 with reason"
                    + " `OUTSIDE_CITY` where the city is not.")
    Answer list(
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
                            description = "What the position is given in. There is no default.",
                            schema = @Schema(implementation = Datum.class),
                            example = "WGS84")
                    @RequestParam(required = false)
                    @Nullable
                    String datum,
            @Parameter(
                            description = "Only who answers for this incident type; absent: whoever answers for any.",
                            schema = @Schema(type = "string"),
                            example = "fire.building")
                    @RequestParam(required = false)
                    @Nullable
                    String type,
            @Parameter(
                            description = "As of this moment (ISO-8601); absent: now.",
                            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T08:30:00Z"))
                    @RequestParam(required = false)
                    @Nullable
                    String at) {
        Position place =
                Parameters.datum(datum).toWgs84(Parameters.longitude(longitude), Parameters.latitude(latitude));
        Instant moment = Parameters.at(at, clock.instant());
        if (type != null
                && (type.indexOf('\0') >= 0
                        || !responsibilities.listUnknownTypes(List.of(type)).isEmpty())) {
            throw ReadFeature.unknownType("type", type);
        }
        if (!responsibilities.isInCity(place, moment)) {
            throw new RequestProblem(
                    ProblemReason.OUTSIDE_CITY,
                    "location",
                    longitude + ", " + latitude + " (" + datum + ")",
                    "a place inside the city");
        }
        return new Answer(place, responsibilities.listAt(place, type, moment));
    }

    @Schema(name = "Responsibilities")
    record Answer(
            @Schema(description = "The place in WGS-84.") Position position, List<Responsibility> items) {

        Answer {
            items = List.copyOf(items);
        }
    }
}
