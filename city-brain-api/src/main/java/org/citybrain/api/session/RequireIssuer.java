package org.citybrain.api.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.citybrain.access.AnswerRefusal;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signing in while the identity server does not answer is a 503 with a reason; without this it would be a 500. */
final class RequireIssuer extends OncePerRequestFilter {

    private final ClientRegistrationRepository issuer;
    private final AnswerRefusal refusal;

    RequireIssuer(ClientRegistrationRepository issuer, AnswerRefusal refusal) {
        this.issuer = issuer;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            issuer.findByRegistrationId(SignInConfiguration.REGISTRATION);
        } catch (RuntimeException unreachable) {
            refusal.commence(
                    request, response, new AuthenticationServiceException("the issuer does not answer", unreachable));
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/oauth2/")
                && !request.getServletPath().startsWith("/login/");
    }
}
