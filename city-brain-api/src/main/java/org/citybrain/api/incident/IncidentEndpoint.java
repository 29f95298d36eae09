package org.citybrain.api.incident;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.citybrain.api.archive.ArchiveQueries;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Incidents", description = "What happens in the city, how it was graded and why")
class IncidentEndpoint {

    private final IncidentQueries incidents;
    private final ArchiveQueries archive;

    IncidentEndpoint(IncidentQueries incidents, ArchiveQueries archive) {
        this.incidents = incidents;
        this.archive = archive;
    }

    @Operation(operationId = "listIncidents", summary = "Incidents, newest first", description = """
                    Parameters that take several values may be repeated or hold them separated by commas. Different \
                    parameters all have to hold. Walking the pages by `cursor` meets every incident once that was there when \
                    the walk began; those opened since are on a new first page.""")
    @Filtered
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
        Incident incident = incidents.find(id).orElseThrow(() -> archive.notFound("incident", id));
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
            throw archive.notFound("incident", id);
        }
        return page;
    }
}
