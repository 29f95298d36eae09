package org.citybrain.api.session;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.citybrain.access.ProtectService;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Whoever signed in with a browser is the person of their token on {@code /v1}, too. The token is renewed when it ends, one
 * request of a session at a time, for each renewal uses the one before it up; and it is checked as one that came in a header.
 */
final class SessionPerson extends OncePerRequestFilter {

    private final SecurityContextRepository ofRequest;
    private final OAuth2AuthorizedClientManager tokens;
    private final ProtectService protect;
    private final AuthenticationEntryPoint refusal;

    SessionPerson(
            SecurityContextRepository ofRequest,
            OAuth2AuthorizedClientManager tokens,
            ProtectService protect,
            AuthenticationEntryPoint refusal) {
        this.ofRequest = ofRequest;
        this.tokens = tokens;
        this.protect = protect;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Authentication signedIn = session == null ? null : signedIn(session);
        if (session != null && signedIn != null) {
            try {
                String token = token(request, response, session, signedIn);
                if (token != null) {
                    SecurityContext context = SecurityContextHolder.createEmptyContext();
                    context.setAuthentication(protect.read(token));
                    SecurityContextHolder.setContext(context);
                    ofRequest.saveContext(context, request, response);
                }
            } catch (BadJwtException | ClientAuthorizationException over) {
                session.invalidate();
            } catch (JwtException unreachable) {
                refusal.commence(
                        request,
                        response,
                        new AuthenticationServiceException("the issuer does not answer", unreachable));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Whoever sends a token is who the token says. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    private @Nullable String token(
            HttpServletRequest request, HttpServletResponse response, HttpSession session, Authentication signedIn) {
        synchronized (WebUtils.getSessionMutex(session)) {
            OAuth2AuthorizedClient client =
                    tokens.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(SignInConfiguration.REGISTRATION)
                            .principal(signedIn)
                            .attribute(HttpServletRequest.class.getName(), request)
                            .attribute(HttpServletResponse.class.getName(), response)
                            .build());
            return client == null ? null : client.getAccessToken().getTokenValue();
        }
    }

    private static @Nullable Authentication signedIn(HttpSession session) {
        return session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext context
                ? context.getAuthentication()
                : null;
    }
}
