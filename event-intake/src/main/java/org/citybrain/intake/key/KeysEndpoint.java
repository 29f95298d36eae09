package org.citybrain.intake.key;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.citybrain.intake.request.JsonBody;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys of one source. */
@RestController
@RequestMapping("/v1/sources/{sourceId}/keys")
@Tag(name = "Keys")
final class KeysEndpoint {

    private static final int MOST_ITEMS = 100;

    private final PostgresKeys stored;
    private final IssueKey issue;
    private final RevokeKey revoke;

    KeysEndpoint(PostgresKeys stored, IssueKey issue, RevokeKey revoke) {
        this.stored = stored;
        this.issue = issue;
        this.revoke = revoke;
    }

    @Operation(
            operationId = "listKeys",
            summary = "List a source's keys, without their secrets",
            description = "The newest first, at most 100; those that have ended, too.",
            responses = {
                @ApiResponse(responseCode = "200", ref = "#/components/responses/KeyList"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @GetMapping
    KeyList list(@PathVariable String sourceId) {
        return KeyList.of(stored.listOf(sourceId, MOST_ITEMS));
    }

    @Operation(
            operationId = "issueKey",
            summary = "Issue a new key",
            description = """
                    The key is shown in this answer and never again: only its hash is kept. Older keys of the source stay
                    good, unless the body says for how long: {"overlap": "PT1H"}. So a gateway changes its key without a
                    gap. A source has at most 10 good keys.""",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = "#/components/schemas/KeyRequest"))),
            responses = {
                @ApiResponse(responseCode = "201", ref = "#/components/responses/IssuedKey"),
                @ApiResponse(responseCode = "404", ref = "#/components/responses/NoSuchSource"),
                @ApiResponse(responseCode = "409", description = "CONFLICT: the source has 10 good keys"),
                @ApiResponse(responseCode = "422", ref = "#/components/responses/NotRegistrable"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @PostMapping
    ResponseEntity<IssuedKey> issue(@PathVariable String sourceId, HttpServletRequest request) throws IOException {
        KeyBody body = JsonBody.find(request, KeyBody.class).orElse(new KeyBody(null));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(issue.issue(sourceId, body.readOverlap()));
    }

    @Operation(
            operationId = "revokeKey",
            summary = "Revoke a key",
            description = "Refused at this instance at once, at every other in under a second.",
            responses = {
                @ApiResponse(responseCode = "204", description = "It is refused from now on"),
                @ApiResponse(responseCode = "404", description = "NOT_FOUND: the source has no such key"),
                @ApiResponse(responseCode = "503", ref = "#/components/responses/Unavailable")
            })
    @DeleteMapping("/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String sourceId, @PathVariable String keyId) {
        revoke.revoke(sourceId, keyId);
    }
}
