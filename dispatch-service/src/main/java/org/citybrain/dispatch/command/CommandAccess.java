package org.citybrain.dispatch.command;

import static org.citybrain.access.ProtectService.cityWide;

import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.ProtectService;
import org.citybrain.access.Role;
import org.citybrain.access.command.CommandName;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Who may command: city-brain-api passes the person's own token on, and it is checked here again. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class CommandAccess {

    @Bean
    SecurityFilterChain rules(HttpSecurity http, ProtectService protect) {
        return protect.protect(http, paths -> {
            for (CommandName command : CommandName.values()) {
                paths.requestMatchers("/internal/" + command.subject().path() + "/*/" + command.path())
                        .hasAnyRole(command.roleNames());
            }
            paths.requestMatchers("/internal/parked/**")
                    .access(cityWide(Role.OPERATOR, Role.ADMIN))
                    .requestMatchers("/internal/delegations")
                    .hasAnyRole(Role.OPERATOR.name(), Role.DEPARTMENT.name())
                    .requestMatchers("/internal/delegations/**")
                    .hasRole(Role.OPERATOR.name())
                    .requestMatchers("/internal/rehearsals", "/internal/rehearsals/**")
                    .access(cityWide(Role.OPERATOR, Role.ANALYST, Role.ADMIN))
                    .requestMatchers("/internal/policies/*/*/approve")
                    .access(cityWide(Role.OPERATOR, Role.ADMIN))
                    .requestMatchers(HttpMethod.DELETE, "/internal/policies/*/*")
                    .access(cityWide(Role.OPERATOR, Role.ANALYST, Role.ADMIN))
                    .requestMatchers("/internal/policies/**")
                    .access(cityWide(Role.ANALYST, Role.ADMIN));
        });
    }
}
