package org.citybrain.api.policy;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.Page;
import org.citybrain.api.request.Paged;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.PolicySchema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@Tag(
        name = "Policies",
        description = "Grading, routing, correlation and the item catalogue: versioned, rehearsed, approved by a second"
                + " person")
class PolicyEndpoint {

    private static final int LONGEST_TEXT = 1000;
    private static final int HIGHEST_VERSION = 1_000_000;

    private final PolicyQueries policies;
    private final CommandPolicies command;

    PolicyEndpoint(PolicyQueries policies, CommandPolicies command) {
        this.policies = policies;
        this.command = command;
    }

    @Operation(
            operationId = "listPolicies",
            summary = "The versions of a policy, the newest first, without their documents")
    @Parameter(
            name = "status",
            in = ParameterIn.QUERY,
            description = "May be repeated, or hold several separated by commas; all where absent",
            array = @ArraySchema(schema = @Schema(implementation = PolicyStatus.class)))
    @Paged
    @GetMapping("/v1/policies/{kind}")
    Page<PolicySummary> list(@Kind @PathVariable String kind, @Parameter(hidden = true) QueryParameters parameters) {
        requireKind(kind);
        Set<PolicyStatus> statuses = parameters.enums("status", PolicyStatus.class);
        Integer before = parameters.cursor(Integer::valueOf);
        int limit = parameters.limit();
        parameters.refuseUnknown();
        return policies.list(kind, statuses, before, limit);
    }

    @Operation(
            operationId = "getPolicySchema",
            summary = "The JSON Schema (2020-12) of a policy's document",
            description = "With titles, units and bounds. What no schema can say is checked when a draft is sent.")
    @GetMapping("/v1/policies/{kind}/schema")
    JsonNode schema(@Kind @PathVariable String kind, @Parameter(hidden = true) QueryParameters parameters) {
        requireKind(kind);
        parameters.refuseUnknown();
        try (InputStream schema = PolicySchema.open(kind)) {
            return MessageJson.MAPPER.readTree(schema);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Operation(
            operationId = "getPolicy",
            summary = "One version of a policy, with its document",
            description = "The `ETag` moves with every change; send it as `If-Match` with the next one.")
    @GetMapping("/v1/policies/{kind}/{version}")
    ResponseEntity<Policy> get(
            @Kind @PathVariable String kind,
            @Version @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters) {
        requireKind(kind);
        parameters.refuseUnknown();
        return answer(HttpStatus.OK, find(kind, number(version)));
    }

    @Operation(operationId = "draftPolicy", summary = "Write a new version, as a draft", description = """
        The whole document is checked, by its schema and by what a schema cannot say. 422 `INVALID_POLICY` names every \
        mistake at once, up to fifty: `errors: [{path, value, reason, expected}]`. With `dryRun=true` nothing is stored, and a \
        valid document is answered 200 `{"valid": true}`.\
        """)
    @Parameter(
            name = "dryRun",
            in = ParameterIn.QUERY,
            description = "Only check the document",
            schema = @Schema(type = "boolean", defaultValue = "false"))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Policy.class)))
    @PostMapping("/v1/policies/{kind}")
    ResponseEntity<?> draft(
            @Kind @PathVariable String kind,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestBody Draft draft) {
        requireKind(kind);
        boolean dryRun = Boolean.TRUE.equals(parameters.value("dryRun", PolicyEndpoint::flag, "true or false"));
        parameters.refuseUnknown();
        requireDocument(draft);
        if (dryRun) {
            return ResponseEntity.ok(command.check(kind, draft));
        }
        requireText("note", draft.note());
        PolicyQueries.Found drafted = find(kind, command.draft(kind, draft));
        return answer(HttpStatus.CREATED, drafted);
    }

    @Operation(
            operationId = "changePolicy",
            summary = "Change a draft",
            description =
                    "Needs `If-Match` with the `ETag` that the change is made on: 428 without, 412 when somebody was"
                            + " faster. One that was rehearsed is a draft again. 409 when it is approved. Whoever has"
                            + " changed it cannot approve it.")
    @PutMapping("/v1/policies/{kind}/{version}")
    ResponseEntity<Policy> change(
            @Kind @PathVariable String kind,
            @Version @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Draft draft) {
        requireKind(kind);
        parameters.refuseUnknown();
        requireDocument(draft);
        requireText("note", draft.note());
        command.change(kind, number(version), ifMatch, draft);
        return answer(HttpStatus.OK, find(kind, number(version)));
    }

    @Operation(
            operationId = "withdrawPolicy",
            summary = "Give a version up that is not in force yet",
            description =
                    "It stays in the list as `WITHDRAWN`. 409 when it is or was in force. What was approved is given"
                            + " up by an administrator or a city operator only.")
    @DeleteMapping("/v1/policies/{kind}/{version}")
    ResponseEntity<Policy> withdraw(
            @Kind @PathVariable String kind,
            @Version @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        requireKind(kind);
        parameters.refuseUnknown();
        command.withdraw(kind, number(version), ifMatch);
        return answer(HttpStatus.OK, find(kind, number(version)));
    }

    @Operation(operationId = "approvePolicy", summary = "Approve a version, as a second person", description = """
        Needs `If-Match` with the `ETag` of what was looked at: 428 without, 412 when it was changed since. \
        409 `SAME_PERSON` for whoever has written at it, `NOT_REHEARSED` before a rehearsal of exactly this document has \
        finished (the item catalogue needs none), `NOT_OPEN` when it is approved or given up. New incidents are decided by it \
        from `effectiveFrom` on; incidents that are open keep the versions that they were opened with.\
        """)
    @PostMapping("/v1/policies/{kind}/{version}/approve")
    ResponseEntity<Policy> approve(
            @Kind @PathVariable String kind,
            @Version @PathVariable String version,
            @Parameter(hidden = true) QueryParameters parameters,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody Approval approval) {
        requireKind(kind);
        parameters.refuseUnknown();
        requireText("reason", approval.reason());
        command.approve(kind, number(version), ifMatch, approval);
        return answer(HttpStatus.OK, find(kind, number(version)));
    }

    private PolicyQueries.Found find(String kind, int version) {
        return policies.find(kind, version).orElseThrow(() -> Problem.notFound(kind + " policy", version));
    }

    private static ResponseEntity<Policy> answer(HttpStatus status, PolicyQueries.Found found) {
        PolicySummary summary = found.policy().summary();
        var answer = ResponseEntity.status(status)
                .eTag("\"" + found.rowVersion() + "\"")
                .cacheControl(CacheControl.noStore());
        if (status == HttpStatus.CREATED) {
            answer.location(URI.create("/v1/policies/" + summary.kind() + "/" + summary.version()));
        }
        return answer.body(found.policy());
    }

    private static void requireKind(String kind) {
        if (!PolicySchema.KINDS.contains(kind)) {
            throw Problem.notFound("kind of policy", kind);
        }
    }

    private static int number(String version) {
        try {
            int number = Integer.parseInt(version);
            if (number >= 1 && number <= HIGHEST_VERSION) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Answered below, as a number that cannot be.
        }
        throw Problem.badParameter("version", version, "a version from the list, such as 2");
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    private static void requireDocument(Draft draft) {
        JsonNode document = draft.document();
        if (document == null || !document.isObject()) {
            throw Problem.badBody(
                    "document",
                    document == null ? "missing" : "of another JSON type",
                    "the whole policy as a JSON object");
        }
    }

    private static void requireText(String field, @Nullable String text) {
        String expected = "why, 1 to " + LONGEST_TEXT + " characters";
        if (text == null || text.isBlank()) {
            throw Problem.badBody(field, text == null ? "missing" : "blank", expected);
        }
        if (text.length() > LONGEST_TEXT) {
            throw Problem.badBody(field, text.length() + " characters long", expected);
        }
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw Problem.badBody(field, "text with a NUL or half a character", expected);
        }
    }
}
