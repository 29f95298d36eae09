package org.citybrain.api.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.catalina.session.StandardManager;
import org.citybrain.access.AccessSettings;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.IssuerDocument;
import org.citybrain.access.ProtectService;
import org.citybrain.api.page.PagePolicy;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/** The page, and the way in and out of it. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

    /** How this service names the one identity server; part of the redirect address that is registered there. */
    static final String REGISTRATION = "city-brain";

    private static final String SIGN_IN = "/oauth2/authorization/" + REGISTRATION;

    private static final String SERVICE_WORKER = "/worker/service-worker.js";

    /** Sessions begin with whoever starts to sign in: more than these at once wait for others to end. */
    private static final int MOST_SESSIONS = 20_000;

    @Bean
    @Order(1)
    SecurityFilterChain page(
            HttpSecurity http,
            ProtectService protect,
            ClientRegistrationRepository issuer,
            AnswerRefusal refusal,
            PagePolicy policy,
            JsonMapper json) {
        return protect.bound(http)
                .securityMatcher(
                        "/",
                        "/index.html",
                        "/worker",
                        "/worker.html",
                        SERVICE_WORKER,
                        "/page/**",
                        "/webjars/**",
                        "/oauth2/**",
                        "/login/**",
                        "/sign-out")
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .oauth2Login(signIn ->
                        signIn.loginPage(SIGN_IN).defaultSuccessUrl("/", true).failureUrl("/?signedIn=no"))
                .logout(signOut -> signOut.logoutUrl("/sign-out").logoutSuccessHandler(sayWhereToGoOn(issuer, json)))
                .addFilterBefore(new RequireIssuer(issuer, refusal), OAuth2AuthorizationRequestRedirectFilter.class)
                .csrf(CsrfConfigurer::spa)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy.directives()))
                        .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        // It lies below /worker and works for /worker itself, too.
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                PathPatternRequestMatcher.pathPattern(SERVICE_WORKER),
                                new StaticHeadersWriter("Service-Worker-Allowed", "/worker"))))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .build();
    }

    /** Asked for when the first person signs in: this service starts without the identity server. */
    @Bean
    ClientRegistrationRepository issuer(AccessSettings access, SignInSettings settings) {
        return new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration(access, settings)));
    }

    @Bean
    OAuth2AuthorizedClientRepository tokensInTheSession() {
        return new HttpSessionOAuth2AuthorizedClientRepository();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedSessions() {
        return server -> server.addContextCustomizers(context -> {
            var sessions = new StandardManager();
            sessions.setMaxActiveSessions(MOST_SESSIONS);
            context.setManager(sessions);
        });
    }

    private static ClientRegistration registration(AccessSettings access, SignInSettings settings) {
        ClientRegistration.Builder registration = ClientRegistrations.fromOidcConfiguration(describe(access))
                .registrationId(REGISTRATION)
                .clientId(settings.clientId())
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope("openid");
        return settings.clientSecret().isEmpty()
                ? registration
                        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : registration
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientSecret(settings.clientSecret())
                        .build();
    }

    private static Map<String, Object> describe(AccessSettings access) {
        try {
            return new IssuerDocument(access).read();
        } catch (IOException unreachable) {
            throw new UncheckedIOException("the issuer does not answer", unreachable);
        }
    }

    /** The session has ended here; where it ends at the identity server is for the page to open: {@code {"continueAt"}}. */
    private static LogoutSuccessHandler sayWhereToGoOn(ClientRegistrationRepository issuer, JsonMapper json) {
        var handler = new OidcClientInitiatedLogoutSuccessHandler(issuer);
        handler.setPostLogoutRedirectUri("{baseUrl}/");
        handler.setRedirectStrategy(
                (HttpServletRequest request, HttpServletResponse response, String url) -> write(response, json, url));
        return handler;
    }

    private static void write(HttpServletResponse response, JsonMapper json, String url) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(Map.of("continueAt", url)));
    }
}
