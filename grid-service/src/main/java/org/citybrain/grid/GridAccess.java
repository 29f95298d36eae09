package org.citybrain.grid;

import static org.citybrain.access.Role.ADMIN;
import static org.citybrain.access.Role.OPERATOR;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.ProtectService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may read the map: whoever is signed in, for it holds areas and counts, nothing of a person or an incident. Rosters and
 * departments are read by operators, each within their unit, and kept by administrators. The map is changed by administrators of the
 * whole city: a border has two sides.
 */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class GridAccess {

    @Bean
    SecurityFilterChain rules(HttpSecurity http, ProtectService protect) {
        return protect.protect(
                http,
                paths -> paths.requestMatchers(
                                "/v1/units",
                                "/v1/units/**",
                                "/v1/locate",
                                "/v1/map-versions",
                                "/v1/map-versions/*/diff")
                        .authenticated()
                        .requestMatchers(POST, "/v1/imports")
                        .access(ProtectService.cityWide(ADMIN))
                        .requestMatchers(GET, "/v1/staff", "/v1/staff/*", "/v1/departments", "/v1/departments/*")
                        .hasAnyRole(OPERATOR.name(), ADMIN.name())
                        .requestMatchers("/v1/staff", "/v1/staff/*", "/v1/departments", "/v1/departments/*")
                        .hasRole(ADMIN.name()));
    }
}
