package org.citybrain.intake.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.citybrain.intake.admit.Rejection;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An RFC 9457 problem document.
 *
 * @param reason one word for machines: a {@link org.citybrain.messages.RejectionReason}, or the name of the HTTP status
 * @param detail the offending value and what was expected
 * @param pointer JSON pointer to the offending value, where there is one
 * @param reportId the report's id, where one could be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String reason,
        @Nullable String pointer,
        @Nullable String value,
        @Nullable String expected,
        @Nullable UUID reportId) {

    /** A refusal of what was sent. */
    public static Problem of(HttpStatusCode status, Rejection rejection, @Nullable UUID reportId) {
        return new Problem(
                type(rejection.reason().name()),
                title(rejection.reason().name()),
                status.value(),
                rejection.detail(),
                rejection.reason().name(),
                rejection.pointer(),
                rejection.value(),
                rejection.expected(),
                reportId);
    }

    /** Any other problem. */
    public static Problem of(HttpStatusCode status, String reason, String detail) {
        return new Problem(type(reason), title(reason), status.value(), detail, reason, null, null, null, null);
    }

    public ResponseEntity<Object> response() {
        return response(new HttpHeaders());
    }

    /** With the advice to come again later. */
    public ResponseEntity<Object> responseRetryAfter(Duration delay) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, delay.toSeconds())));
        return response(headers);
    }

    ResponseEntity<Object> response(HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(this);
    }

    private static URI type(String reason) {
        return URI.create(
                "urn:city-brain:problem:" + reason.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String title(String reason) {
        String words = reason.toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
