package org.citybrain.local.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.citybrain.local.identity.Problem.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns whatever goes wrong at the accounts API into a problem document with a reason. */
@RestControllerAdvice
class AnswerProblems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerProblems.class);

    @ExceptionHandler(Exception.class)
    @Nullable
    ResponseEntity<Object> fault(Exception failure, HttpServletRequest request, WebRequest webRequest) {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        return answer(Problem.of(Reason.INTERNAL, "something failed", null, "it to be in the log"), webRequest);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                failure.getCause() instanceof UnrecognizedPropertyException unknown
                        ? Problem.of(
                                Reason.BAD_BODY,
                                "nobody knows the field " + unknown.getPropertyName(),
                                unknown.getPropertyName(),
                                "one of " + unknown.getKnownPropertyIds())
                        : Problem.of(
                                Reason.BAD_BODY,
                                "the body cannot be read",
                                null,
                                "a JSON object as /v3/api-docs describes it"),
                request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Object answered = body == null && failure instanceof ErrorResponse refusal ? refusal.getBody() : body;
        if (answered instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey("reason"))) {
            problem.setProperty("reason", status.is4xxClientError() ? Reason.BAD_REQUEST : Reason.INTERNAL);
        }
        var answerHeaders = new HttpHeaders(headers);
        answerHeaders.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.handleExceptionInternal(failure, answered, answerHeaders, status, request);
    }

    private @Nullable ResponseEntity<Object> answer(ErrorResponseException problem, WebRequest request) {
        return handleErrorResponseException(problem, problem.getHeaders(), problem.getStatusCode(), request);
    }
}
