package org.citybrain.access.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.citybrain.access.AccessReason;
import org.citybrain.access.AnswerRefusal;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds every body in size and in time: one that says that it is too large is refused at once, one that grows too large or
 * does not arrive in time is cut off where the endpoint reads it ({@link BodyCutOff}).
 */
public final class BoundBody extends OncePerRequestFilter {

    private final LimitSettings settings;
    private final AnswerRefusal refusal;

    public BoundBody(LimitSettings settings, AnswerRefusal refusal) {
        this.settings = settings;
        this.refusal = refusal;
    }

    /** Whether a body comes with the request. */
    static boolean has(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bound bound = bound(request);
        if (!has(request)) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > bound.mostBytes()) {
            refusal.answer(
                    request,
                    response,
                    AccessReason.PAYLOAD_TOO_LARGE,
                    "the body has " + request.getContentLengthLong() + " bytes: expected at most " + bound.mostBytes());
        } else {
            chain.doFilter(new BoundedRequest(request, bound.mostBytes(), bound.patience()), response);
        }
    }

    private record Bound(long mostBytes, Duration patience) {}

    private Bound bound(HttpServletRequest request) {
        for (LimitSettings.LargerBody larger : settings.largerBodies()) {
            if (larger.isFor(request.getRequestURI())) {
                return new Bound(larger.largestBody().toBytes(), larger.patience());
            }
        }
        return new Bound(settings.largestBody().toBytes(), settings.bodyPatience());
    }
}
