package org.citybrain.intake.source;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.citybrain.intake.map.CurrentCityMap;
import org.citybrain.intake.problem.NotReady;
import org.citybrain.intake.request.JsonBody;
import org.citybrain.intake.source.RegisteredSource.Provenance;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The registry of sources. */
@RestController
@Tag(name = "Sources")
final class SourcesEndpoint {

    private static final int MOST_ITEMS = 500;

    private final PostgresSources stored;
    private final RegisterSource register;
    private final KnownIncidentTypes types;
    private final CurrentCityMap map;
    private final Clock clock;

    SourcesEndpoint(
            PostgresSources stored,
            RegisterSource register,
            KnownIncidentTypes types,
            CurrentCityMap map,
            Clock clock) {
        this.stored = stored;
        this.register = register;
        this.types = types;
        this.map = map;
        this.clock = clock;
    }

    @Operation(
            operationId = "listSources",
            summary = "List the registered sources",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/SourceList"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @GetMapping("/v1/sources")
    SourceList list(
            @Parameter(description = "The nextCursor of the page before") @RequestParam(defaultValue = "")
                    String cursor,
            @Parameter(description = "1 to 500") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "limit is " + limit + ": expected 1 to " + MOST_ITEMS);
        }
        if (cursor.indexOf('\0') >= 0) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "cursor: expected a nextCursor of this list");
        }
        List<SourceAnswer> items = stored.listAfter(cursor, limit + 1).stream()
                .map(SourceAnswer::of)
                .toList();
        return items.size() <= limit
                ? new SourceList(items, null)
                : new SourceList(items.subList(0, limit), items.get(limit - 1).sourceId());
    }

    @Operation(
            operationId = "getSource",
            summary = "Look up a source",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/Source"),
                @ApiResponse(responseCode = "404", ref = "#/components/responses/NoSuchSource"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @GetMapping("/v1/sources/{sourceId}")
    SourceAnswer get(@PathVariable String sourceId) {
        return SourceAnswer.of(stored.find(CheckSource.checkId(sourceId))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no such source is registered")));
    }

    @Operation(
            operationId = "putSource",
            summary = "Register a source, or replace what it is registered for",
            description = "Holds at this instance at once, at others within seconds.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = "#/components/schemas/SourceRegistration"),
                                            examples =
                                                    @ExampleObject(
                                                            name = "source",
                                                            ref = "#/components/examples/source"))),
            responses = {
                @ApiResponse(responseCode = "201", ref = "#/components/responses/Source"),
                @ApiResponse(responseCode = "200", ref = "#/components/responses/Source"),
                @ApiResponse(responseCode = "413", ref = "#/components/responses/TooLarge"),
                @ApiResponse(responseCode = "422", ref = "#/components/responses/NotRegistrable"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @PutMapping(path = "/v1/sources/{sourceId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SourceAnswer> put(@PathVariable String sourceId, HttpServletRequest request) throws IOException {
        Set<String> known = types.current();
        if (known.isEmpty()) {
            throw new NotReady("the item catalogue is not loaded yet");
        }
        SourceBody body = JsonBody.read(request, SourceBody.class);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        boolean isNew = register.register(new RegisteredSource(
                CheckSource.checkId(sourceId),
                CheckSource.checkDescription(body.description()),
                new CheckSource(known, map::listUnknown).check(body),
                Provenance.REGISTERED,
                now,
                now));
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK).body(get(sourceId));
    }
}
