package org.citybrain.api.map;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Incidents", description = "What happens in the city, how it was graded and why")
class MapEndpoint {

    private final WriteOpenIncidents openIncidents;
    private final AnswersAtOnce answersAtOnce;
    private final Clock clock;

    MapEndpoint(WriteOpenIncidents openIncidents, AnswersAtOnce answersAtOnce, Clock clock) {
        this.openIncidents = openIncidents;
        this.answersAtOnce = answersAtOnce;
        this.clock = clock;
    }

    @Operation(
            operationId = "listOpenIncidents",
            summary = "All open incidents for a map and a list, in one compact answer",
            description = """
                    Whoever opens `/v1/stream` first and reads this after it misses nothing. The gravest come first (I to IV, then R3 to R1), \
                    among them those whose deadline runs out first. Everything that is not closed, false or merged is open. 503 `MAP_BUSY` when as many are sent as \
                    this instance sends at once (8; a policy default): come again after `Retry-After`. What is asked for by id is small, and always sent.""")
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "A unit's code: what touches this unit or was dispatched to it or below it",
            schema = @Schema(type = "string", example = "500112001"))
    @Parameter(
            name = "level",
            in = ParameterIn.QUERY,
            array = @ArraySchema(schema = @Schema(implementation = Level.class)))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Incident types",
            array = @ArraySchema(schema = @Schema(type = "string", example = "flood.waterlogging")))
    @Parameter(
            name = "id",
            in = ParameterIn.QUERY,
            description = "Up to 200: these alone. What is not open, or not seen, is absent",
            array = @ArraySchema(schema = @Schema(type = "string", format = "uuid")))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = OpenIncidents.class)))
    @GetMapping("/v1/map/incidents")
    void list(@Parameter(hidden = true) QueryParameters parameters, HttpServletResponse response) throws IOException {
        OpenIncidentFilter filter = OpenIncidentFilter.read(parameters);
        if (filter.ids().isEmpty()) {
            answersAtOnce.answer(() -> send(filter, response));
        } else {
            send(filter, response);
        }
    }

    private void send(OpenIncidentFilter filter, HttpServletResponse response) throws IOException {
        ByteArrayOutputStream bytes = openIncidents.write(filter, clock.instant());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        bytes.writeTo(response.getOutputStream());
    }
}
