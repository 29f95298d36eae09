package org.citybrain.grid.problem;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every failure leaves as a problem document with a {@code reason}; none with a stack trace. */
@RestControllerAdvice
class AnswerProblems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerProblems.class);

    /** What Spring itself refuses gets a reason too. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail document) {
            if (document.getProperties() == null || !document.getProperties().containsKey("reason")) {
                document.setProperty("reason", reason(status).name());
            }
            return ResponseEntity.status(status)
                    .headers(headers)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(document);
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = failure.getCause() instanceof UnrecognizedPropertyException unknown
                ? "there is no field '" + unknown.getPropertyName() + "': expected one of "
                        + unknown.getKnownPropertyIds()
                : "the body cannot be read: expected a JSON object as /v3/api-docs describes it";
        return problem(ProblemReason.BAD_BODY, detail);
    }

    @ExceptionHandler
    ResponseEntity<Object> databaseUnavailable(DataAccessException failure, ServletWebRequest request) {
        LOG.error("The database did not answer {}: {}", request.getRequest().getRequestURI(), failure.getMessage());
        return problem(ProblemReason.DATABASE_UNAVAILABLE, "the database does not answer: try again later");
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException failure, ServletWebRequest request) {
        if (isUnreadableQuery(failure)) {
            return problem(
                    ProblemReason.BAD_REQUEST, "the query string cannot be read: expected valid percent-encoding");
        }
        LOG.error("Could not answer {}", request.getRequest().getRequestURI(), failure);
        return problem(
                ProblemReason.INTERNAL_ERROR, "the request could not be answered: this is an error of the service");
    }

    private static boolean isUnreadableQuery(RuntimeException failure) {
        return failure instanceof org.apache.tomcat.util.http.InvalidParameterException;
    }

    private static ResponseEntity<Object> problem(ProblemReason reason, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(reason.status(), detail);
        document.setProperty("reason", reason.name());
        return ResponseEntity.status(reason.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(document);
    }

    private static ProblemReason reason(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> ProblemReason.UNKNOWN_PATH;
            case 405 -> ProblemReason.METHOD_NOT_ALLOWED;
            case 406 -> ProblemReason.NOT_ACCEPTABLE;
            case 415 -> ProblemReason.UNSUPPORTED_MEDIA_TYPE;
            default -> status.is4xxClientError() ? ProblemReason.BAD_REQUEST : ProblemReason.INTERNAL_ERROR;
        };
    }
}
