package org.citybrain.api.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.ProtectService;
import org.citybrain.access.limit.BoundBody;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.stereotype.Component;

/** What a session may do on {@code /v1}, and what it has to prove. */
@Component
public final class AdmitSessions {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * Where the person of a request is looked up. Not found there, each request would count as a new sign-in: the session would get another id
     * and the page another proof, and of two requests at once one would be nobody's.
     */
    private final RequestAttributeSecurityContextRepository ofRequest = new RequestAttributeSecurityContextRepository();

    private final SessionPerson person;
    private final ExpectAccount expected;

    AdmitSessions(
            ClientRegistrationRepository issuer,
            OAuth2AuthorizedClientRepository kept,
            ProtectService protect,
            AnswerRefusal refusal) {
        var tokens = new DefaultOAuth2AuthorizedClientManager(issuer, kept);
        tokens.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken()
                .build());
        this.person = new SessionPerson(ofRequest, tokens, protect, refusal);
        this.expected = new ExpectAccount(refusal);
    }

    /** Adds to the guard of {@code /v1} the person of a session, and the proof that a change was sent by our page. */
    public HttpSecurity admit(HttpSecurity http) {
        return http.securityContext(context -> context.securityContextRepository(ofRequest))
                .addFilterAfter(person, BearerTokenAuthenticationFilter.class)
                .addFilterAfter(expected, BoundBody.class)
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(AdmitSessions::isChangeBySession));
    }

    /** A token in the header is no cookie: nobody else's page can make a browser send it. */
    private static boolean isChangeBySession(HttpServletRequest request) {
        return !HARMLESS.contains(request.getMethod())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && request.getRequestedSessionId() != null;
    }
}
