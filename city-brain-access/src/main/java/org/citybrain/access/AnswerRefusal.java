package org.citybrain.access;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citybrain.access.audit.RefusalLog;
import org.citybrain.access.limit.Allowance;
import org.citybrain.access.limit.RequestLimit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers whoever may not go on: an RFC 9457 problem document with a {@link AccessReason}, never a redirect. Each refusal is
 * audited.
 */
public final class AnswerRefusal implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private static final String RETRY_AFTER_SECONDS = "2";

    private final RefusalLog refusals;
    private final RequestLimit limit;
    private final JsonMapper json;
    private final Tracer tracer;

    AnswerRefusal(RefusalLog refusals, RequestLimit limit, JsonMapper json, Tracer tracer) {
        this.refusals = refusals;
        this.limit = limit;
        this.json = json;
        this.tracer = tracer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case KeysUnreadableException unreadable -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                answer(
                        request,
                        response,
                        AccessReason.KEYS_UNREADABLE,
                        "the gateways' keys cannot be read: expected them to be back soon, try again");
            }
            case AuthenticationServiceException unreachable -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                answer(
                        request,
                        response,
                        AccessReason.IDENTITY_UNREACHABLE,
                        "the identity server did not answer: expected it to be back soon, try again");
            }
            case InvalidBearerTokenException bad ->
                answerBad(request, response, "Bearer error=\"invalid_token\"", said(bad));
            case BadKeyException bad -> answerBad(request, response, "ApiKey error=\"invalid_key\"", said(bad));
            default -> {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                answer(
                        request,
                        response,
                        AccessReason.NOT_SIGNED_IN,
                        "nobody is signed in: expected the header 'Authorization: Bearer …' with a token of the identity server");
            }
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException) {
            answer(
                    request,
                    response,
                    AccessReason.NO_PROOF_OF_ORIGIN,
                    "the header X-XSRF-TOKEN does not fit the cookie XSRF-TOKEN: expected the cookie's value in it");
        } else if (denied instanceof AuthorizationDeniedException unknown
                && unknown.getAuthorizationResult() instanceof NoSuchPath) {
            answer(request, response, AccessReason.UNKNOWN_PATH, "there is nothing under this path");
        } else {
            answer(
                    request,
                    response,
                    AccessReason.NOT_ALLOWED,
                    Person.findCurrent()
                            .map(person -> "the roles of " + person.name() + " are " + person.roles()
                                    + ": expected one that may do this (docs/security.md)")
                            .orElse("a gateway's key may not do this: expected a person's token"));
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        answer(
                request,
                response,
                AccessReason.MALFORMED_REQUEST,
                "the path or a header holds what no client writes: expected a plain, normalised path");
    }

    /** Any other refusal of this kind, such as one over the rate. Headers that belong to it are already set. */
    public void answer(HttpServletRequest request, HttpServletResponse response, AccessReason reason, String detail)
            throws IOException {
        refusals.record(request, reason.name());
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", reason.title());
        problem.put("status", reason.status().value());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        problem.put("reason", reason.name());
        TraceContext trace = tracer.currentTraceContext().context();
        if (trace != null) {
            problem.put("traceId", trace.traceId());
        }
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(reason.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Whoever tries one bad token after the other is told only so often what is wrong with it. */
    private void answerBad(HttpServletRequest request, HttpServletResponse response, String challenge, String detail)
            throws IOException {
        Allowance allowance = limit.take(request);
        if (allowance.granted()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
            answer(request, response, AccessReason.BAD_TOKEN, detail);
        } else {
            allowance.tellRefused(RequestLimit.POLICY, response::addHeader);
            answer(
                    request,
                    response,
                    AccessReason.OVER_RATE,
                    "too many bad tokens or keys from this address: expected a good one");
        }
    }

    /** What is wrong with it, not what it said: a token must not come back to whoever forged it, nor into a log. */
    private static String said(AuthenticationException bad) {
        String message = bad.getMessage();
        return message == null || message.isBlank() ? "the token is not good" : message;
    }
}
