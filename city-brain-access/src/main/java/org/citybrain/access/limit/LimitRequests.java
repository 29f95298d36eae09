package org.citybrain.access.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.citybrain.access.AccessReason;
import org.citybrain.access.AnswerRefusal;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets each caller's requests through at the caller's rate, and tells everybody what is left of it. */
public final class LimitRequests extends OncePerRequestFilter {

    private final RequestLimit limit;
    private final AnswerRefusal refusal;

    public LimitRequests(RequestLimit limit, AnswerRefusal refusal) {
        this.limit = limit;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Allowance allowance = limit.take(request);
        if (allowance.granted()) {
            allowance.tell(RequestLimit.POLICY, response::addHeader);
            chain.doFilter(request, response);
            return;
        }
        allowance.tellRefused(RequestLimit.POLICY, response::addHeader);
        refusal.answer(
                request,
                response,
                AccessReason.OVER_RATE,
                Caller.current(request) + " asks too often: expected at most "
                        + allowance.rate().perSecond() + " requests a second");
    }
}
