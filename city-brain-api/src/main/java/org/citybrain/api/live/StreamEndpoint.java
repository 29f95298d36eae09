package org.citybrain.api.live;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.citybrain.access.SignedIn;
import org.citybrain.api.change.GivenCursor;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Live stream", description = "What happens, as it happens")
class StreamEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    /** How long a browser waits before it comes back. */
    private static final byte[] HELLO = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);

    private final LiveReaders readers;
    private final ServeStream serve;

    StreamEndpoint(LiveReaders readers, ServeStream serve) {
        this.readers = readers;
        this.serve = serve;
    }

    /** Stays in its own thread, which is a virtual one, until the stream ends: the response is never touched by another. */
    @Operation(
            operationId = "readStream",
            summary = "What happens, as it happens (server-sent events)",
            description = """
                    Every line of the timelines that the person sees, each once and in order, for a browser's `EventSource` with the \
                    session's cookie or for any client with a token. Receipts (`NOTIFIED`) come only where `kinds` names them. Events:

                    - `incident`: a line, and the incident after it; `kind` says what happened
                    - `task`: a task that the line before tells of, in its new state
                    - `notice`: something for this person or unit alone; it has no id
                    - `start`: where the stream begins, its data are empty
                    - `resync`: too much was missed to be told, it is not kept any more, or the id is of another unit or department: read \
                    your lists anew, the stream goes on here
                    - `alive`: nothing has happened for 15 s, the line is whole; its data are empty and it has no id
                    - `end`: the last event, with `reason`: `TOO_SLOW`, `TOKEN_EXPIRED`, `MOVED` (another \
                    stream was opened with a newer token, of another unit or department) or `SHUTTING_DOWN`

                    An event's `id` is a cursor of `/v1/changes`, too. A reader who comes back with it as `Last-Event-ID` misses \
                    nothing. Who reads more slowly than things happen is cut off.""")
    @Parameter(
            name = "unit",
            in = ParameterIn.QUERY,
            description = "A unit's code: incidents and tasks of this unit and of all below it",
            schema = @Schema(type = "string", example = "500112001"))
    @Parameter(
            name = "level",
            in = ParameterIn.QUERY,
            array = @ArraySchema(schema = @Schema(implementation = Level.class)))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Incident types",
            array = @ArraySchema(schema = @Schema(type = "string", example = "flood.waterlogging")))
    @Parameter(
            name = "kinds",
            in = ParameterIn.QUERY,
            description = "What lines of the timeline tell. Absent: all but `NOTIFIED`, the receipts",
            array = @ArraySchema(schema = @Schema(implementation = IncidentEventKind.class)))
    @Parameter(
            name = LAST_EVENT_ID,
            in = ParameterIn.HEADER,
            description = "The `id` of the last event that was read, or a `nextCursor` of `/v1/changes`",
            schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @GetMapping("/v1/stream")
    void stream(
            @Parameter(hidden = true) QueryParameters parameters,
            @Parameter(hidden = true) @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastId,
            @Parameter(hidden = true) SignedIn reader,
            HttpServletRequest request,
            HttpServletResponse response) {
        StreamFilter filter = StreamFilter.read(parameters, reader.getPrincipal());
        parameters.refuseUnknown();
        GivenCursor since = since(lastId);
        Instant until = end(reader);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies that collect answers would keep the events.
        response.setHeader("X-Accel-Buffering", "no");
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            return;
        }
        LiveReader opened = readers.open(reader.getPrincipal(), filter, signedInAt(reader));
        try {
            OutputStream to = response.getOutputStream();
            to.write(HELLO);
            to.flush();
            serve.serve(opened, since, until, to);
        } catch (IOException gone) {
            LOG.debug("a reader of the stream is gone: {}", gone.toString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            // The answer has begun: nothing can be refused any more.
            LOG.warn("a stream was broken off, its reader comes back: {}", failure.toString());
        } finally {
            readers.leave(opened);
        }
    }

    private static @Nullable GivenCursor since(@Nullable String lastId) {
        if (lastId == null || lastId.isEmpty()) {
            return null;
        }
        try {
            return GivenCursor.parse(lastId);
        } catch (IllegalArgumentException notSuch) {
            throw Problem.badParameter(LAST_EVENT_ID, lastId, "the id of an event of this stream");
        }
    }

    private static Instant end(SignedIn reader) {
        return claims(reader).getExpirationTime().toInstant();
    }

    /** A token that does not say when it was issued counts as the oldest. */
    private static Instant signedInAt(SignedIn reader) {
        Date issued = claims(reader).getIssueTime();
        return issued == null ? Instant.EPOCH : issued.toInstant();
    }

    /** The token was checked before; here it is only read. */
    private static JWTClaimsSet claims(SignedIn reader) {
        try {
            return JWTParser.parse(reader.getCredentials()).getJWTClaimsSet();
        } catch (ParseException never) {
            throw new IllegalStateException("a token that was checked cannot be read", never);
        }
    }
}
