package org.citybrain.api.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.ProtectService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** What a session may do on {@code /v1}, and what it has to prove. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** To be added to the guard of {@code /v1}: the person of a session, and the proof that a change was sent by our page. */
    @Bean
    Customizer<HttpSecurity> sessions(
            ClientRegistrationRepository issuer,
            OAuth2AuthorizedClientRepository kept,
            ProtectService protect,
            AnswerRefusal refusal) {
        var tokens = new DefaultOAuth2AuthorizedClientManager(issuer, kept);
        tokens.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken()
                .build());
        // Where the person of this request is looked up. Not found there, each request would count as a new sign-in: the session would get
        // another id and the page another proof, and of two requests at once one would be nobody's.
        var ofRequest = new RequestAttributeSecurityContextRepository();
        var person = new SessionPerson(ofRequest, tokens, protect, refusal);
        return http -> http.securityContext(context -> context.securityContextRepository(ofRequest))
                .addFilterAfter(person, BearerTokenAuthenticationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .requireCsrfProtectionMatcher(SessionConfiguration::isChangeBySession));
    }

    /** A token in the header is no cookie: nobody else's page can make a browser send it. */
    private static boolean isChangeBySession(HttpServletRequest request) {
        return !HARMLESS.contains(request.getMethod())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && request.getRequestedSessionId() != null;
    }
}
