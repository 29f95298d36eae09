package org.citybrain.api.command;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.UUID;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Incidents", description = "What happens in the city, how it was graded and why")
class IncidentCommandEndpoint {

    private static final String KEY = "Idempotency-Key";

    private final PassCommandOn passOn;

    IncidentCommandEndpoint(PassCommandOn passOn) {
        this.passOn = passOn;
    }

    @Operation(operationId = "confirmIncident", summary = "It is so", description = """
                    The person corroborates the incident as their own report would: a level that waited at III now holds. Its \
                    sources are labelled `CONFIRMED`, those in `missedBy` `MISSED`. For operators and grid workers who see it.""")
    @CommandParameters
    @PostMapping("/v1/incidents/{id}/confirm")
    ResponseEntity<IncidentCommanded> confirm(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @RequestBody Orders.Confirm order) {
        parameters.refuseUnknown();
        return passOn.pass(id, "confirm", order, key, ifMatch);
    }

    @Operation(
            operationId = "regradeIncident",
            summary = "Another level or scope than the rule gives, up or down",
            description = """
                    The only way down. It holds until the rule gives more than it gave at that moment. Commander, tasks and \
                    deadlines follow. For operators of the commanding unit or of one above it.""")
    @CommandParameters
    @PostMapping("/v1/incidents/{id}/regrade")
    ResponseEntity<IncidentCommanded> regrade(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @RequestBody Orders.Regrade order) {
        parameters.refuseUnknown();
        return passOn.pass(id, "regrade", order, key, ifMatch);
    }

    @Operation(operationId = "markIncidentFalse", summary = "There is nothing", description = """
                    The incident is closed as `FALSE_ALARM`, open tasks are `RETURNED`, its sources are labelled `FALSE`. A later \
                    report opens a new incident. For operators of the commanding unit or of one above it.""")
    @CommandParameters
    @PostMapping("/v1/incidents/{id}/mark-false")
    ResponseEntity<IncidentCommanded> markFalse(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @RequestBody Orders.MarkFalse order) {
        parameters.refuseUnknown();
        return passOn.pass(id, "mark-false", order, key, ifMatch);
    }

    @Operation(operationId = "mergeIncident", summary = "It is the same as another incident", description = """
                    Its reports, sums and units go into the other one, which is graded and routed anew and keeps at least this \
                    one's level; this one is `MERGED`, its open tasks `RETURNED`. Both have to be of types that go together. For \
                    operators of the commanding units of both, or above.""")
    @CommandParameters
    @PostMapping("/v1/incidents/{id}/merge")
    ResponseEntity<IncidentCommanded> merge(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @RequestBody Orders.Merge order) {
        parameters.refuseUnknown();
        return passOn.pass(id, "merge", order, key, ifMatch);
    }

    @Operation(operationId = "splitIncident", summary = "Some of its reports are another incident", description = """
                    These reports become an incident of their own; both are computed anew from their reports. The old one is not \
                    lowered by what it loses. For operators of the commanding unit or of one above it.""")
    @CommandParameters
    @PostMapping("/v1/incidents/{id}/split")
    ResponseEntity<IncidentCommanded> split(
            @PathVariable UUID id,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = KEY, required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable
                    String ifMatch,
            @RequestBody Orders.Split order) {
        parameters.refuseUnknown();
        return passOn.pass(id, "split", order, key, ifMatch);
    }

    /** Describes the two headers that every command has. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameter(
            name = KEY,
            in = ParameterIn.HEADER,
            required = true,
            description =
                    "A UUID, or 1 to 128 printable characters: the same command sent again with the same key within 7 days gets the same answer and does nothing",
            schema = @Schema(type = "string", minLength = 1, maxLength = 128))
    @Parameter(
            name = HttpHeaders.IF_MATCH,
            in = ParameterIn.HEADER,
            required = true,
            description = "The incident's `ETag`: the version that this is decided on",
            schema = @Schema(type = "string", example = "\"2\""))
    @interface CommandParameters {}
}
