package org.citybrain.api.problem;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.request.QueryParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever goes wrong into a problem document. Logs what is this service's own fault, once, here. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Tracer tracer;

    ProblemAdvice(Tracer tracer) {
        this.tracer = tracer;
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    @Nullable
    ResponseEntity<Object> badPathVariable(MethodArgumentTypeMismatchException failure, WebRequest request) {
        String expected = failure.getRequiredType() == UUID.class ? QueryParameters.UUID_EXPECTED : "another value";
        return answer(Problem.badParameter(failure.getName(), String.valueOf(failure.getValue()), expected), request);
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        NonTransientDataAccessResourceException.class
    })
    @Nullable
    ResponseEntity<Object> databaseUnreachable(Exception failure, WebRequest request) {
        LOG.warn("The database does not answer: {}", failure.getMessage());
        return answer(
                Problem.of(
                        ProblemReason.DATABASE_UNREACHABLE,
                        "the database did not answer in time: expected it to be back soon, try again",
                        failure),
                request);
    }

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> fault(Exception failure, HttpServletRequest request, WebRequest webRequest) {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        String what = failure instanceof DataAccessException ? "a query failed" : "something failed";
        return answer(
                Problem.of(
                        ProblemReason.INTERNAL,
                        what + "; the log of this service says more, under the trace id",
                        failure),
                webRequest);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(unreadable(failure.getCause()), request);
    }

    private static ErrorResponseException unreadable(@Nullable Throwable cause) {
        return switch (cause) {
            case UnrecognizedPropertyException unknown ->
                Problem.badBody(
                        unknown.getPropertyName(),
                        "a field that nobody knows",
                        "one of " + unknown.getKnownPropertyIds());
            case MismatchedInputException mismatch ->
                Problem.badBody(
                        mismatch.getPath().isEmpty()
                                ? "the body"
                                : mismatch.getPath().getLast().getPropertyName(),
                        "of another JSON type",
                        "what the description under /v3/api-docs says");
            case JacksonException malformed ->
                Problem.badBody(
                        "the body",
                        "no JSON from line %d, column %d on"
                                .formatted(
                                        malformed.getLocation().getLineNr(),
                                        malformed.getLocation().getColumnNr()),
                        "a JSON object");
            case null -> Problem.badBody("the body", "missing", "a JSON object");
            default -> Problem.badBody("the body", "unreadable", "a JSON object");
        };
    }

    /** What the framework refuses by itself: gets a reason and, where there is one, the method or type that would do. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object answered = body == null && failure instanceof ErrorResponse refusal
                ? refusal.updateAndGetBody(getMessageSource(), LocaleContextHolder.getLocale())
                : body;
        if (answered instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey("reason"))) {
            ProblemReason reason = reasonOf(status);
            problem.setTitle(reason.title());
            problem.setProperty("reason", reason);
            if (failure instanceof HttpRequestMethodNotSupportedException wrongMethod) {
                problem.setProperty("value", wrongMethod.getMethod());
                Set<?> allowed = wrongMethod.getSupportedHttpMethods();
                problem.setProperty("expected", allowed == null ? "another method" : "one of " + allowed);
            }
        }
        TraceContext trace = tracer.currentTraceContext().context();
        if (answered instanceof ProblemDetail problem && trace != null) {
            problem.setProperty("traceId", trace.traceId());
        }
        // Those of an exception may be read-only.
        HttpHeaders answerHeaders = new HttpHeaders(headers);
        answerHeaders.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(failure, answered, answerHeaders, status, request);
    }

    private @Nullable ResponseEntity<Object> answer(ErrorResponseException problem, WebRequest request) {
        return handleErrorResponseException(problem, problem.getHeaders(), problem.getStatusCode(), request);
    }

    private static ProblemReason reasonOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> ProblemReason.NOT_FOUND;
            case 405 -> ProblemReason.METHOD_NOT_ALLOWED;
            case 406 -> ProblemReason.NOT_ACCEPTABLE;
            case 415 -> ProblemReason.UNSUPPORTED_MEDIA_TYPE;
            default -> status.is4xxClientError() ? ProblemReason.BAD_REQUEST : ProblemReason.INTERNAL;
        };
    }
}
