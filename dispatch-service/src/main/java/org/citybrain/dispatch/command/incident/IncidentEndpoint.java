package org.citybrain.dispatch.command.incident;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.citybrain.access.audit.RefusalLog;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What city-brain-api passes on about incidents. Not for callers outside: they go through city-brain-api. */
@RestController
@RequestMapping("/internal/incidents/{id}")
@Tag(name = "Incidents", description = "Internal: the outside path is /v1/incidents of city-brain-api")
class IncidentEndpoint {

    private static final String KEY = "Idempotency-Key";

    private final CommandIncident commandIncident;
    private final RefusalLog refusals;
    private final MeterRegistry meters;

    IncidentEndpoint(CommandIncident commandIncident, RefusalLog refusals, MeterRegistry meters) {
        this.commandIncident = commandIncident;
        this.refusals = refusals;
        this.meters = meters;
    }

    @Operation(summary = "It is so")
    @PostMapping("/confirm")
    ResponseEntity<IncidentCommanded> confirm(
            @PathVariable UUID id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Order.Confirm order) {
        return command(id, order, key, ifMatch);
    }

    @Operation(summary = "Another level or scope, by a person")
    @PostMapping("/regrade")
    ResponseEntity<IncidentCommanded> regrade(
            @PathVariable UUID id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Order.Regrade order) {
        return command(id, order, key, ifMatch);
    }

    @Operation(summary = "There is nothing")
    @PostMapping("/mark-false")
    ResponseEntity<IncidentCommanded> markFalse(
            @PathVariable UUID id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Order.MarkFalse order) {
        return command(id, order, key, ifMatch);
    }

    @Operation(summary = "It is the same as another one")
    @PostMapping("/merge")
    ResponseEntity<IncidentCommanded> merge(
            @PathVariable UUID id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Order.Merge order) {
        return command(id, order, key, ifMatch);
    }

    @Operation(summary = "Some of its reports are another one")
    @PostMapping("/split")
    ResponseEntity<IncidentCommanded> split(
            @PathVariable UUID id,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Order.Split order) {
        return command(id, order, key, ifMatch);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(CommandRefused refused, HttpServletRequest request) {
        if (refused.problem().getStatus() != HttpStatus.BAD_REQUEST.value()) {
            refusals.record(request, refused.reason());
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(refused.problem().getStatus()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (refused.version() != null) {
            answer.eTag("\"" + refused.version() + "\"");
        }
        return answer.body(refused.problem());
    }

    private ResponseEntity<IncidentCommanded> command(
            UUID id, Order order, @Nullable String key, @Nullable String ifMatch) {
        IncidentCommanded commanded;
        try {
            CommandHeaders headers = CommandHeaders.read(key, ifMatch);
            order.check();
            commanded = commandIncident.command(id, order, headers);
        } catch (CommandRefused refused) {
            count(order, refused.reason());
            throw refused;
        }
        count(order, "DONE");
        return ResponseEntity.ok()
                .eTag("\"" + commanded.incident().version() + "\"")
                .body(commanded);
    }

    private void count(Order order, String result) {
        Counter.builder("citybrain.dispatch.commands")
                .description("Commands of people on incidents, by what came of them: DONE, or why they were refused")
                .tag("command", order.command().path())
                .tag("result", result)
                .register(meters)
                .increment();
    }
}
