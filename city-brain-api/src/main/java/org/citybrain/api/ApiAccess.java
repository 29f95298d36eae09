package org.citybrain.api;

import static org.citybrain.access.ProtectService.cityWide;
import static org.citybrain.access.Role.ADMIN;
import static org.citybrain.access.Role.ANALYST;
import static org.citybrain.access.Role.DEPARTMENT;
import static org.citybrain.access.Role.GRID_WORKER;
import static org.citybrain.access.Role.OPERATOR;
import static org.springframework.http.HttpMethod.POST;

import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.ProtectService;
import org.citybrain.access.command.CommandName;
import org.citybrain.api.session.AdmitSessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may do what by their role. What they see of it is a matter of their unit: {@code reach} tells the database for whom it
 * is asked, and row-level security leaves out what is not theirs, so that another's incident is not there (404).
 */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class ApiAccess {

    private static final String[] NEIGHBOURS = {
        "/v1/tiles",
        "/v1/tiles/**",
        "/v1/units",
        "/v1/units/**",
        "/v1/locate",
        "/v1/map-versions",
        "/v1/map-versions/**",
        "/v1/responsibilities",
        "/v1/staff",
        "/ogc",
        "/ogc/**"
    };

    @Bean
    SecurityFilterChain rules(HttpSecurity http, ProtectService protect, AdmitSessions sessions) {
        HttpSecurity guarded = protect.guard(http, paths -> {
            for (CommandName command : CommandName.values()) {
                paths.requestMatchers(POST, "/v1/" + command.subject().path() + "/*/" + command.path())
                        .hasAnyRole(command.roleNames());
            }
            paths.requestMatchers("/v1/me", "/v1/incident-types", "/v1/base-map")
                    .authenticated()
                    // What grid-service answers, it decides itself.
                    .requestMatchers(HttpMethod.GET, NEIGHBOURS)
                    .authenticated()
                    .requestMatchers(POST, "/v1/reports")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name())
                    .requestMatchers("/v1/overview", "/v1/heat-map")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name(), ANALYST.name())
                    .requestMatchers("/v1/hand-overs", "/v1/hand-overs/**")
                    .hasRole(OPERATOR.name())
                    .requestMatchers("/v1/incidents/export")
                    .hasAnyRole(OPERATOR.name(), DEPARTMENT.name())
                    .requestMatchers(HttpMethod.GET, "/v1/subscriptions")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name(), ADMIN.name())
                    .requestMatchers(HttpMethod.DELETE, "/v1/subscriptions/*")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name(), ADMIN.name())
                    .requestMatchers(HttpMethod.GET, "/v1/subscriptions/*/deliveries")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name(), ADMIN.name())
                    .requestMatchers("/v1/subscriptions", "/v1/subscriptions/**", "/v1/notices", "/v1/notices/**")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers(POST, "/v1/commands/batch")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/sources/alarm-rates")
                    .access(cityWide(OPERATOR, ANALYST, ADMIN))
                    .requestMatchers(
                            "/v1/incidents", "/v1/incidents/**", "/v1/map/incidents", "/v1/tasks", "/v1/tasks/**")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/changes", "/v1/stream", "/v1/evidence", "/v1/evidence/**")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/reports/*")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), ADMIN.name())
                    .requestMatchers("/v1/ledger")
                    .access(cityWide(OPERATOR, ANALYST, ADMIN))
                    .requestMatchers(HttpMethod.GET, "/v1/delegations", "/v1/delegations/*")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/delegations")
                    .hasAnyRole(OPERATOR.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/delegations/**")
                    .hasRole(OPERATOR.name())
                    .requestMatchers(HttpMethod.GET, "/v1/check-ins", "/v1/check-ins/*")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name())
                    .requestMatchers("/v1/departments")
                    .hasAnyRole(OPERATOR.name(), GRID_WORKER.name(), DEPARTMENT.name(), ANALYST.name(), ADMIN.name())
                    .requestMatchers("/v1/departments/scores", "/v1/departments/*/scores/lines")
                    .hasAnyRole(OPERATOR.name(), DEPARTMENT.name(), ANALYST.name(), ADMIN.name())
                    .requestMatchers("/v1/parked", "/v1/parked/**")
                    .access(cityWide(OPERATOR, ADMIN))
                    .requestMatchers("/v1/policies/*/*/rehearsals", "/v1/policies/*/*/rehearsals/**")
                    .access(cityWide(OPERATOR, ANALYST, ADMIN))
                    .requestMatchers(HttpMethod.GET, "/v1/policies/**")
                    .access(cityWide(OPERATOR, ANALYST, ADMIN))
                    .requestMatchers("/v1/policies/*/*/approve")
                    .access(cityWide(OPERATOR, ADMIN))
                    .requestMatchers(HttpMethod.DELETE, "/v1/policies/*/*")
                    .access(cityWide(OPERATOR, ANALYST, ADMIN))
                    .requestMatchers("/v1/policies/**")
                    .access(cityWide(ANALYST, ADMIN))
                    .requestMatchers("/v1/audit", "/v1/audit/**")
                    .hasRole(ADMIN.name());
        });
        return sessions.admit(guarded).build();
    }
}
