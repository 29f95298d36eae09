package org.citybrain.api.evidence;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.citybrain.access.Person;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Evidence in parts, as tus 1.0.0 has it (core, creation, expiration): any client of that protocol can send here. */
@RestController
@Tag(name = "Evidence", description = "Photos, films and documents of reports and report-backs")
class UploadEndpoint {

    private static final String RESUMABLE = "Tus-Resumable";
    private static final String VERSION = "1.0.0";
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";
    private static final String METADATA = "Upload-Metadata";
    private static final String EXPIRES = "Upload-Expires";
    private static final String PART = "application/offset+octet-stream";

    private final KeepEvidence evidence;
    private final CollectParts parts;

    UploadEndpoint(KeepEvidence evidence, CollectParts parts) {
        this.parts = parts;
        this.evidence = evidence;
    }

    @Operation(
            operationId = "beginUpload",
            summary = "Announce a piece that comes in parts (tus 1.0.0)",
            description = """
                    Answers where the parts go: `PATCH` there, from `Upload-Offset` on. Announced again, it is the same upload, as far \
                    as it has come; what this person has stored before is whole at once. An upload that nothing has come for within \
                    24 h is forgotten. One person may have 50 open.""")
    @Parameter(
            name = LENGTH,
            in = ParameterIn.HEADER,
            required = true,
            description = "The size of the whole piece in bytes",
            schema = @Schema(type = "integer", minimum = "1", maximum = "20971520"))
    @Parameter(
            name = METADATA,
            in = ParameterIn.HEADER,
            required = true,
            description =
                    "`sha256` and `filetype`, each with its value in Base64: its SHA-256 in hexadecimal digits, its media type",
            schema = @Schema(type = "string", example = "sha256 OWY4NmQw…,filetype aW1hZ2UvanBlZw=="))
    @ApiResponse(
            responseCode = "201",
            headers = {
                @Header(name = "Location", schema = @Schema(type = "string")),
                @Header(name = OFFSET, schema = @Schema(type = "integer")),
                @Header(name = EXPIRES, schema = @Schema(type = "string"))
            },
            content = @Content)
    @PostMapping("/v1/evidence")
    ResponseEntity<Void> begin(
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = LENGTH, required = false) @Nullable String length,
            @Parameter(hidden = true) @RequestHeader(name = METADATA, required = false) @Nullable String metadata) {
        parameters.refuseUnknown();
        Map<String, String> said = metadata(metadata);
        EvidenceUpload upload = evidence.begin(
                hash(said.get("sha256")), EvidenceEndpoint.type(said.get("filetype")), bytes(LENGTH, length), person);
        return answer(upload, HttpStatus.CREATED)
                .location(URI.create("/v1/evidence/uploads/" + upload.id()))
                .build();
    }

    @Operation(operationId = "getUpload", summary = "How far a piece has come (tus 1.0.0)")
    @ApiResponse(
            responseCode = "200",
            headers = {
                @Header(name = OFFSET, schema = @Schema(type = "integer")),
                @Header(name = LENGTH, schema = @Schema(type = "integer")),
                @Header(name = EXPIRES, schema = @Schema(type = "string"))
            },
            content = @Content)
    @RequestMapping(path = "/v1/evidence/uploads/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> find(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters) {
        parameters.refuseUnknown();
        return answer(evidence.get(id, person), HttpStatus.OK).build();
    }

    @Operation(
            operationId = "addToUpload",
            summary = "The next part of a piece (tus 1.0.0)",
            description = """
                    It may be as small as the network needs, as long as the piece comes in at most 1,000 parts; what has come before a \
                    connection broke counts. With the last part the piece is looked at and stored: `Content-Location` says where it \
                    is. If it is not what was announced, the upload is forgotten.""",
            requestBody =
                    @RequestBody(
                            content = @Content(mediaType = PART, schema = @Schema(type = "string", format = "binary"))))
    @Parameter(
            name = OFFSET,
            in = ParameterIn.HEADER,
            required = true,
            description = "Where the part begins: what has come so far",
            schema = @Schema(type = "integer", minimum = "0"))
    @ApiResponse(
            responseCode = "204",
            headers = {
                @Header(name = OFFSET, schema = @Schema(type = "integer")),
                @Header(name = "Content-Location", schema = @Schema(type = "string"))
            },
            content = @Content)
    @PatchMapping("/v1/evidence/uploads/{id}")
    ResponseEntity<Void> add(
            @PathVariable UUID id,
            @Parameter(hidden = true) @AuthenticationPrincipal Person person,
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable
                    String mediaType,
            @Parameter(hidden = true) @RequestHeader(name = OFFSET, required = false) @Nullable String offset,
            HttpServletRequest request)
            throws IOException {
        parameters.refuseUnknown();
        if (!PART.equals(mediaType)) {
            throw Problem.of(
                    ProblemReason.UNSUPPORTED_MEDIA_TYPE,
                    "the part's type is '%s': expected %s".formatted(mediaType == null ? "" : mediaType, PART),
                    null);
        }
        EvidenceUpload upload = evidence.get(id, person);
        long from = bytes(OFFSET, offset);
        if (from != upload.receivedBytes()) {
            ErrorResponseException elsewhere = Problem.of(
                    ProblemReason.UPLOAD_OFFSET,
                    "the part begins at %d: expected %d".formatted(from, upload.receivedBytes()),
                    null);
            elsewhere.getHeaders().set(OFFSET, Long.toString(upload.receivedBytes()));
            throw elsewhere;
        }
        return answer(parts.add(upload, request.getInputStream()), HttpStatus.NO_CONTENT)
                .build();
    }

    private static ResponseEntity.BodyBuilder answer(EvidenceUpload upload, HttpStatus status) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .header(RESUMABLE, VERSION)
                .header(OFFSET, Long.toString(upload.receivedBytes()))
                .header(LENGTH, Long.toString(upload.sizeBytes()))
                .header(
                        EXPIRES,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                upload.expiresAt().atOffset(ZoneOffset.UTC)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return upload.isWhole()
                ? answer.header(HttpHeaders.CONTENT_LOCATION, "/v1/evidence/" + upload.sha256())
                : answer;
    }

    private static Sha256 hash(@Nullable String text) {
        try {
            return new Sha256(text == null ? "" : text);
        } catch (IllegalArgumentException none) {
            throw badHeader(METADATA, "sha256 " + text, Sha256.EXPECTED + ", in Base64");
        }
    }

    private static long bytes(String header, @Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,15}")) {
            throw badHeader(header, text == null ? "missing" : text, "a number of bytes");
        }
        return Long.parseLong(text);
    }

    /** {@code name base64,name base64}. */
    private static Map<String, String> metadata(@Nullable String header) {
        Map<String, String> said = new HashMap<>();
        for (String pair : (header == null ? "" : header).split(",", -1)) {
            String[] parts = pair.strip().split(" ", -1);
            if (parts.length == 2) {
                try {
                    said.put(parts[0], new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException noBase64) {
                    throw badHeader(METADATA, pair, "a name, a space and a value in Base64");
                }
            }
        }
        return said;
    }

    private static ErrorResponseException badHeader(String header, String value, String expected) {
        ErrorResponseException problem =
                Problem.of(ProblemReason.BAD_HEADER, "%s is %s: expected %s".formatted(header, value, expected), null);
        problem.getBody().setProperty("value", value);
        problem.getBody().setProperty("expected", expected);
        return problem;
    }
}
