package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Incidents", description = "What happens in the city, how it was graded and why")
class IncidentEndpoint {

    private final IncidentQueries incidents;

    IncidentEndpoint(IncidentQueries incidents) {
        this.incidents = incidents;
    }

    @Operation(operationId = "listIncidents", summary = "Incidents, newest first", description = """
                    Parameters that take several values may be repeated or hold them separated by commas. Different \
                    parameters all have to hold. Walking the pages by `cursor` meets every incident once that was there when \
                    the walk began; those opened since are on a new first page.""")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "`OPEN` stands for all but `CLOSED`, `FALSE_ALARM` and `MERGED`",
            array =
                    @ArraySchema(
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "OPEN",
                                                "DISPATCHED",
                                                "ACKNOWLEDGED",
                                                "IN_PROGRESS",
                                                "CONTAINED",
                                                "RESOLVED",
                                                "VERIFIED",
                                                "CLOSED",
                                                "FALSE_ALARM",
                                                "MERGED"
                                            })))
    @Parameter(
            name = "level",
            in = ParameterIn.QUERY,
            description = "Everyday matters have none",
            array = @ArraySchema(schema = @Schema(implementation = Level.class)))
    @Parameter(
            name = "scope",
            in = ParameterIn.QUERY,
            description = "Only everyday matters have one",
            array = @ArraySchema(schema = @Schema(implementation = HandlingScope.class)))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Codes of the item catalogue",
            array = @ArraySchema(schema = @Schema(type = "string", example = "flood.waterlogging")))
    @Parameter(
            name = "category",
            in = ParameterIn.QUERY,
            array = @ArraySchema(schema = @Schema(implementation = IncidentCategory.class)))
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description =
                    "A unit's code: incidents that touch a grid of this unit or were dispatched to it or below it. `500000` is the city, as is `50`",
            schema = @Schema(type = "string", example = "500112"))
    @Parameter(
            name = "bbox",
            in = ParameterIn.QUERY,
            description = "minLon,minLat,maxLon,maxLat in degrees, WGS-84: incidents located in it",
            schema = @Schema(type = "string", example = "106.4,29.5,106.6,29.6"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "Opened at this time or later",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-01T00:00:00Z"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "Opened before this time",
            schema = @Schema(type = "string", format = "date-time", example = "2026-07-02T00:00:00Z"))
    @Paged
    @GetMapping("/v1/incidents")
    Page<IncidentSummary> list(@Parameter(hidden = true) QueryParameters parameters) {
        return incidents.list(IncidentFilter.read(parameters));
    }

    @Operation(
            operationId = "getIncident",
            summary = "One incident: its grade with the reasons, its chain and its tasks",
            description = """
                    The `ETag` is the version that a command on this incident is decided on (`If-Match`). It moves with status, \
                    grade and commander, not with each merged report, and so does not serve for caching.""")
    @GetMapping("/v1/incidents/{id}")
    Incident get(
            @PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters, HttpServletResponse response) {
        parameters.refuseUnknown();
        Incident incident = incidents.find(id).orElseThrow(() -> Problem.notFound("incident", id));
        response.setHeader(HttpHeaders.ETAG, "\"" + incident.version() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return incident;
    }

    @Operation(
            operationId = "getTimeline",
            summary = "Everything that happened to an incident, in order",
            description = "Each line also tells the incident's state after it. Lines are only ever added.")
    @Paged
    @GetMapping("/v1/incidents/{id}/timeline")
    Page<TimelineEntry> timeline(@PathVariable UUID id, @Parameter(hidden = true) QueryParameters parameters) {
        Long after = parameters.cursor(Long::valueOf);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        Page<TimelineEntry> page = incidents.timeline(id, after == null ? 0 : after, limit);
        if (after == null && page.items().isEmpty()) {
            throw Problem.notFound("incident", id);
        }
        return page;
    }
}
