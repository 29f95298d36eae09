package org.citybrain.local.identity;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.citybrain.access.ProtectService;
import org.citybrain.access.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Who may do what here: three doors, the first that fits is taken. */
@Configuration(proxyBeanMethods = false)
class ProtectIdentity {

    /** Clients: the endpoints of OAuth 2 and OpenID Connect. */
    @Bean
    @Order(1)
    SecurityFilterChain clients(HttpSecurity http) {
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.oidc(Customizer.withDefaults())
                    .authorizationEndpoint(endpoint -> endpoint.authorizationResponseHandler(new GiveOneCode()));
        });
        return http.authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorize")))
                .build();
    }

    /** Administrators, with a token as at any other service. */
    @Bean
    @Order(2)
    SecurityFilterChain administrators(HttpSecurity http, ProtectService protect) {
        http.securityMatcher("/v1/**", "/actuator/**", "/v3/**");
        return protect.protect(
                http,
                paths -> paths.requestMatchers("/v1/accounts/**", "/v1/accounts", "/v1/keys/rotations")
                        .hasRole(Role.ADMIN.name()));
    }

    /** People: the page at which they sign in, and nothing else. */
    @Bean
    @Order(3)
    SecurityFilterChain people(HttpSecurity http, IdentitySettings settings, RecordSignIn record) {
        return http.authorizeHttpRequests(paths ->
                        paths.requestMatchers("/error").permitAll().anyRequest().denyAll())
                .formLogin(form -> form.successHandler(record.success(settings.dashboard()))
                        .failureHandler(record.failure()))
                // A form's way leads on to the dashboard, and browsers hold that, too, against this policy.
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(
                        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self' "
                                + settings.dashboard())))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    JwtEncoder jwtEncoder(SigningKeys keys) {
        var encoder = new NimbusJwtEncoder(keys);
        encoder.setJwkSelector(List<JWK>::getFirst);
        return encoder;
    }

    /** For the user-info endpoint of OpenID Connect. */
    @Bean
    JwtDecoder jwtDecoder(SigningKeys keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }
}
