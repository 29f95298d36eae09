package org.citybrain.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.citybrain.access.limit.BoundBody;
import org.citybrain.access.limit.BoundInProgress;
import org.citybrain.access.limit.LimitRequests;
import org.citybrain.access.limit.LimitSettings;
import org.citybrain.access.limit.RequestLimit;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Puts the guard in front of a service: a token is read, the service's own rules decide who may go where, and what no rule
 * names is not there. Whoever is known, or not, is held to the limits of {@link LimitSettings} before anything is done.
 *
 * <p>The same everywhere: {@code /actuator/health} and the description under {@code /v3/api-docs} are public, the rest of the
 * actuator is for {@link Role#ADMIN}; no session, no CORS, nothing of ours in a frame.
 */
public final class ProtectService {

    /** For answers that are data: a browser may do nothing with them. */
    private static final String DATA_ONLY =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** What {@link #setHeaders} has every answer carry; but for HSTS, which goes with TLS only. */
    private static final HeaderWriter OF_EVERY_ANSWER = new StaticHeadersWriter(List.of(
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("X-XSS-Protection", "0"),
            new Header(HttpHeaders.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate"),
            new Header(HttpHeaders.PRAGMA, "no-cache"),
            new Header(HttpHeaders.EXPIRES, "0"),
            new Header("X-Frame-Options", "DENY"),
            new Header("Content-Security-Policy", DATA_ONLY),
            new Header("Referrer-Policy", ReferrerPolicy.NO_REFERRER.getPolicy()),
            new Header("Cross-Origin-Resource-Policy", "same-origin"),
            new Header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION)));

    private final CheckToken token;
    private final LimitSettings limits;
    private final AnswerRefusal refusal;
    private final LimitRequests limitRequests;
    private final BoundBody boundBody;
    /** Of all that go through the guard, whichever its form. */
    private final BoundInProgress inProgress;

    ProtectService(
            AccessSettings settings, LimitSettings limits, RequestLimit limit, Clock clock, AnswerRefusal refusal) {
        this.token = new CheckToken(settings, clock);
        this.limits = limits;
        this.refusal = refusal;
        this.limitRequests = new LimitRequests(limit, refusal);
        this.boundBody = new BoundBody(limits, refusal);
        this.inProgress = new BoundInProgress(limits, refusal);
    }

    /** @param rules which paths are for which roles */
    public SecurityFilterChain protect(
            HttpSecurity http,
            Consumer<AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry> rules) {
        return guard(http, rules).build();
    }

    /** The same for a service that adds to it before it builds the chain. */
    public HttpSecurity guard(
            HttpSecurity http,
            Consumer<AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry> rules) {
        return bound(http, inProgress)
                .authorizeHttpRequests(paths -> {
                    paths.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                            .permitAll()
                            .requestMatchers(
                                    "/actuator/health",
                                    "/actuator/health/**",
                                    "/v3/api-docs",
                                    "/v3/api-docs/**",
                                    "/v3/api-docs.yaml",
                                    "/error")
                            .permitAll()
                            .requestMatchers("/actuator", "/actuator/**")
                            .hasRole(Role.ADMIN.name());
                    rules.accept(paths);
                    paths.anyRequest().access((who, what) -> new NoSuchPath());
                })
                .oauth2ResourceServer(
                        tokens -> tokens.jwt(jwt -> jwt.decoder(token).jwtAuthenticationConverter(new ReadPerson()))
                                .authenticationEntryPoint(refusal)
                                .accessDeniedHandler(refusal)
                                .withObjectPostProcessor(new AnswerInsteadOfThrowing(refusal)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(ProtectService::setHeaders)
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(Customizer.withDefaults());
    }

    /**
     * Only the bounds of the guard, for what anyone may ask: how often, how many at once, how large and how slow. What is in
     * progress is counted by itself: when a service is full, it can still be monitored.
     */
    public HttpSecurity bound(HttpSecurity http) {
        return bound(http, new BoundInProgress(limits, refusal));
    }

    private HttpSecurity bound(HttpSecurity http, BoundInProgress counted) {
        return http.addFilterAfter(limitRequests, AnonymousAuthenticationFilter.class)
                .addFilterAfter(counted, LimitRequests.class)
                .addFilterAfter(boundBody, BoundInProgress.class);
    }

    /**
     * The guard for machines that come many times a second, without what only browsers and tokens need. Whoever gets past
     * {@code signIn} is held to the same limits, counted together with {@link #guard}, and answered with the same headers.
     *
     * @param which is known by what it brings, such as a key, and is for nobody else; the service's own rules do not see it
     * @param signIn lets in or answers itself
     * @param answer comes last; what it passes on goes to the endpoints
     */
    public SecurityFilterChain shortGuard(RequestMatcher which, Filter signIn, Filter answer) {
        var headers = new HeaderWriterFilter(List.of(OF_EVERY_ANSWER, new HstsHeaderWriter()));
        headers.setShouldWriteHeadersEagerly(true);
        return new DefaultSecurityFilterChain(which, headers, signIn, limitRequests, inProgress, boundBody, answer);
    }

    /**
     * Whom a token speaks of, for a service that keeps tokens for browsers.
     *
     * @throws JwtException when it is not good any more, or that cannot be told
     */
    public SignedIn read(String bearerToken) {
        return new ReadPerson().convert(token.decode(bearerToken));
    }

    /** A rule for what belongs to no place: one of these roles, and the city as unit. */
    public static AuthorizationManager<RequestAuthorizationContext> cityWide(Role... roles) {
        List<Role> allowed = List.of(roles);
        return (authentication, request) -> new AuthorizationDecision(authentication.get() instanceof SignedIn signedIn
                && signedIn.getPrincipal().isCityWide()
                && allowed.stream().anyMatch(signedIn.getPrincipal()::is));
    }

    private static void setHeaders(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(DATA_ONLY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .addHeaderWriter(new StaticHeadersWriter("Cross-Origin-Resource-Policy", "same-origin"))
                .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION));
    }
}
