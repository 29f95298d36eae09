package org.citybrain.intake.problem;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.citybrain.intake.publish.NotPublished;
import org.citybrain.messages.RejectionReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever an endpoint throws into a problem document. Logs once, here, what the sender can do nothing about. */
@RestControllerAdvice
final class AnswerProblems {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerProblems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @ExceptionHandler
    ResponseEntity<Object> answer(NotReady notReady) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "NOT_READY", notReady.getMessage())
                .responseRetryAfter(RETRY_AFTER);
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(NotPublished notPublished) {
        LOG.warn("{}", notPublished.getMessage());
        String detail = "the reports could not be made safe in time, so it is not known whether they were taken:"
                + " send them again with the same reportId";
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "NOT_PUBLISHED", detail)
                .responseRetryAfter(RETRY_AFTER);
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(DataAccessException failure) {
        LOG.warn("The database does not answer", failure);
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "NOT_STORED", "the database does not answer: try again")
                .responseRetryAfter(RETRY_AFTER);
    }

    /** The request broke off, or its transfer encoding is broken; mostly nobody is left to read the answer. */
    @ExceptionHandler
    ResponseEntity<Object> answer(IOException brokenOff) {
        LOG.debug("A request broke off", brokenOff);
        return Problem.of(HttpStatus.BAD_REQUEST, "BROKEN_OFF", "the request broke off before its end")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(RequestRefused refused) {
        HttpStatus status = refused.rejection().reason() == RejectionReason.PAYLOAD_TOO_LARGE
                ? HttpStatus.CONTENT_TOO_LARGE
                : HttpStatus.UNPROCESSABLE_CONTENT;
        return Problem.of(status, refused.rejection(), null).response();
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(UnknownParameter unknown) {
        return Problem.of(HttpStatus.BAD_REQUEST, "UNKNOWN_PARAMETER", unknown.detail())
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(InvalidParameterException unreadable) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "BAD_PARAMETER",
                        "the query string cannot be read: expected valid percent-encoding")
                .response();
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(MethodArgumentTypeMismatchException mismatch) {
        String detail = "the parameter " + mismatch.getName() + " cannot be read: expected "
                + (mismatch.getRequiredType() == null
                        ? "another type"
                        : mismatch.getRequiredType().getSimpleName());
        return Problem.of(HttpStatus.BAD_REQUEST, "BAD_PARAMETER", detail).response();
    }

    @ExceptionHandler
    ResponseEntity<Object> answer(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            HttpStatus resolved = HttpStatus.resolve(status.value());
            Map<String, Object> properties = known.getBody().getProperties();
            Object own = properties == null ? null : properties.get("reason");
            String reason =
                    own != null ? own.toString() : resolved == null ? "HTTP_" + status.value() : resolved.name();
            String detail = known.getBody().getDetail();
            var headers = new HttpHeaders();
            headers.putAll(known.getHeaders());
            return Problem.of(status, reason, detail == null ? reason : detail).response(headers);
        }
        LOG.error("A request failed", failure);
        return Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", "an error of ours; it is in the log")
                .response();
    }
}
