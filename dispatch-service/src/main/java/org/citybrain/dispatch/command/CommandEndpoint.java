package org.citybrain.dispatch.command;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.UUID;
import org.citybrain.access.audit.RefusalLog;
import org.citybrain.access.command.SubjectKind;
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
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** What city-brain-api passes on of people's commands. Not for callers outside: they go through city-brain-api. */
@RestController
@Tag(name = "Commands", description = "Internal: the outside paths are those of city-brain-api")
public class CommandEndpoint {

    private final CommandKinds kinds;
    private final CommandIncident commandIncident;
    private final JsonMapper json;
    private final RefusalLog refusals;
    private final MeterRegistry meters;

    CommandEndpoint(
            CommandKinds kinds,
            CommandIncident commandIncident,
            JsonMapper json,
            RefusalLog refusals,
            MeterRegistry meters) {
        this.kinds = kinds;
        this.commandIncident = commandIncident;
        this.json = json;
        this.refusals = refusals;
        this.meters = meters;
    }

    /** Carries a command out as the person who is signed in. */
    @Operation(summary = "A command on an incident, a task or a check-in")
    @PostMapping(
            path = "/internal/{subjects:incidents|tasks|check-ins}/{id}/{command}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<String> command(
            @PathVariable String subjects,
            @PathVariable UUID id,
            @PathVariable String command,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = "After-Key", required = false) @Nullable String afterKey,
            @RequestBody String body) {
        SubjectKind on = Arrays.stream(SubjectKind.values())
                .filter(kind -> kind.path().equals(subjects))
                .findFirst()
                .orElseThrow();
        CarryOut<?> kind = kinds.find(on, command).orElseThrow(() -> CommandRefused.noCommand(on, command));
        Commanded commanded;
        try {
            CommandHeaders headers = CommandHeaders.read(key, ifMatch, afterKey);
            Order order = read(body, kind.orders());
            order.check();
            commanded = commandIncident.command(kind, id, order, headers);
        } catch (CommandRefused refused) {
            count(kind, refused.reason());
            throw refused;
        }
        count(kind, "DONE");
        return ResponseEntity.ok().eTag("\"" + commanded.version() + "\"").body(commanded.json());
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

    private Order read(String body, Class<? extends Order> orders) {
        try {
            Order order = json.readValue(body, orders);
            if (order == null) {
                throw CommandRefused.badBody("the body", "null", "a JSON object");
            }
            return order;
        } catch (MismatchedInputException mismatch) {
            String field = mismatch.getPath().isEmpty()
                    ? "the body"
                    : String.valueOf(mismatch.getPath().getLast().getPropertyName());
            throw CommandRefused.badBody(field, "of another JSON type", "what the description of the command says");
        } catch (JacksonException malformed) {
            throw CommandRefused.badBody("the body", "no JSON", "a JSON object");
        }
    }

    private void count(CarryOut<?> kind, String result) {
        Counter.builder("citybrain.dispatch.commands")
                .description("Commands of people, by what came of them: DONE, or why they were refused")
                .tag("on", kind.command().subject().noun())
                .tag("command", kind.command().path())
                .tag("result", result)
                .register(meters)
                .increment();
    }
}
