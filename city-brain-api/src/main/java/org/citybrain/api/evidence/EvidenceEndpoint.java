package org.citybrain.api.evidence;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Evidence", description = "Photos, films and documents of reports and report-backs")
class EvidenceEndpoint {

    private static final Duration KEPT = Duration.ofDays(1);

    private final KeepEvidence evidence;

    EvidenceEndpoint(KeepEvidence evidence) {
        this.evidence = evidence;
    }

    @Operation(
            operationId = "putEvidence",
            summary = "Store a whole piece under its SHA-256",
            description = """
                    The body is the file itself: JPEG, PNG, WebP, HEIC, MP4 or PDF, up to 20 MiB. Type and hash are those of the bytes. \
                    Sent again, it is answered as the first time. Refer to it by its `uri` in `evidence` of a report or a report-back. \
                    For bad networks: in parts, `POST /v1/evidence`.""",
            requestBody =
                    @RequestBody(
                            content = {
                                @Content(
                                        mediaType = "image/jpeg",
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(mediaType = "image/png", schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = "image/webp",
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = "image/heic",
                                        schema = @Schema(type = "string", format = "binary")),
                                @Content(mediaType = "video/mp4", schema = @Schema(type = "string", format = "binary")),
                                @Content(
                                        mediaType = "application/pdf",
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    @PutMapping("/v1/evidence/{sha256}")
    EvidencePiece put(
            @PathVariable String sha256,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable
                    String mediaType,
            HttpServletRequest request)
            throws IOException {
        parameters.refuseUnknown();
        return evidence.put(hash(sha256), type(mediaType), person, request.getInputStream());
    }

    @Operation(operationId = "getEvidence", summary = "One piece of evidence", description = """
                    For whoever has sent it, and for whoever sees an incident of which a report or a report-back of somebody who has \
                    sent it refers to it. It comes as a file to be saved: no browser shows or runs it. `HEAD` answers the same without the bytes.""")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/v1/evidence/{sha256}")
    ResponseEntity<InputStreamResource> get(
            @PathVariable String sha256,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        EvidencePiece piece = evidence.getSeen(hash(sha256), person);
        EvidenceType type = EvidenceType.find(piece.mediaType()).orElseThrow();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(piece.mediaType()))
                .contentLength(piece.sizeBytes())
                .eTag("\"" + piece.sha256() + "\"")
                .cacheControl(CacheControl.maxAge(KEPT).cachePrivate().immutable())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(piece.sha256().substring(0, 12) + "." + type.suffix())
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(() -> evidence.open(piece)));
    }

    static Sha256 hash(String text) {
        try {
            return new Sha256(text);
        } catch (IllegalArgumentException none) {
            throw Problem.badParameter("sha256", text, Sha256.EXPECTED);
        }
    }

    static EvidenceType type(@Nullable String mediaType) {
        return EvidenceType.find(mediaType == null ? "" : mediaType)
                .orElseThrow(() -> Problem.of(
                        ProblemReason.EVIDENCE_TYPE,
                        "the type is '%s': expected %s"
                                .formatted(mediaType == null ? "" : mediaType, EvidenceType.expected()),
                        null));
    }
}
