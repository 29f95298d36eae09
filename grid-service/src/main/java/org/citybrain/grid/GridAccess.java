package org.citybrain.grid;

import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.ProtectService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Who may read the map: whoever is signed in. It holds areas and counts, nothing of a person or an incident. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class GridAccess {

    @Bean
    SecurityFilterChain rules(HttpSecurity http, ProtectService protect) {
        return protect.protect(
                http,
                paths -> paths.requestMatchers("/v1/units", "/v1/units/**", "/v1/locate", "/v1/map-versions")
                        .authenticated());
    }
}
