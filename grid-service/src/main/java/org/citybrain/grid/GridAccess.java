package org.citybrain.grid;

import static org.citybrain.access.Role.ADMIN;
import static org.citybrain.access.Role.OPERATOR;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.stream.Stream;
import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.ProtectService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may read the map: whoever is signed in, for it holds areas and counts, nothing of a person or an incident; its layers are
 * kept by administrators. Rosters and departments are read by operators, each within their unit, and kept by administrators, as
 * working calendars are. What
 * the service is, without a word of what it holds, anyone may read. The
 * map is changed by administrators of the whole city: a border has two sides.
 */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class GridAccess {

    private static final String[] LAYERS = Stream.of(
                    "/v1/key-places", "/v1/devices", "/v1/responsibility-areas", "/v1/online-grids", "/v1/watch-areas")
            .flatMap(layer -> Stream.of(layer, layer + "/**"))
            .toArray(String[]::new);

    @Bean
    SecurityFilterChain rules(HttpSecurity http, ProtectService protect) {
        return protect.protect(
                http,
                paths -> paths.requestMatchers(PUT, "/v1/units/*/calendar")
                        .hasRole(ADMIN.name())
                        .requestMatchers(DELETE, "/v1/units/*/calendar")
                        .hasRole(ADMIN.name())
                        .requestMatchers(
                                "/v1/units",
                                "/v1/units/**",
                                "/v1/locate",
                                "/v1/map-versions",
                                "/v1/map-versions/*/diff",
                                "/v1/responsibilities")
                        .authenticated()
                        .requestMatchers(GET, LAYERS)
                        .authenticated()
                        .requestMatchers(LAYERS)
                        .hasRole(ADMIN.name())
                        .requestMatchers("/v1/tiles", "/v1/tiles/**", "/ogc/collections", "/ogc/collections/**")
                        .authenticated()
                        .requestMatchers("/ogc", "/ogc/", "/ogc/conformance", "/ogc/api")
                        .permitAll()
                        .requestMatchers(POST, "/v1/imports")
                        .access(ProtectService.cityWide(ADMIN))
                        .requestMatchers(GET, "/v1/staff", "/v1/staff/*", "/v1/departments", "/v1/departments/*")
                        .hasAnyRole(OPERATOR.name(), ADMIN.name())
                        .requestMatchers("/v1/staff", "/v1/staff/*", "/v1/departments", "/v1/departments/*")
                        .hasRole(ADMIN.name()));
    }
}
