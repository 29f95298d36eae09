package org.citybrain.intake;

import static org.springframework.http.HttpMethod.GET;

import org.citybrain.access.AccessConfiguration;
import org.citybrain.access.AnswerRefusal;
import org.citybrain.access.ProtectService;
import org.citybrain.access.Role;
import org.citybrain.intake.key.CheckKey;
import org.citybrain.intake.key.Gateway;
import org.citybrain.intake.key.KnownKeys;
import org.citybrain.intake.receive.TakeGatewaysReport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may do what here: gateways, operators and grid workers report; a gateway asks what became of its reports; sources and
 * their keys are for administrators. Whom a sender may report for is decided report by report
 * ({@link org.citybrain.intake.admit.Sender}).
 */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class IntakeAccess {

    /** What gateways send most goes a shorter way: see {@link TakeGatewaysReport}. Before the chain of all others. */
    @Bean
    @Order(0)
    SecurityFilterChain gatewaysReports(
            ProtectService protect, KnownKeys keys, AnswerRefusal refusal, TakeGatewaysReport takeReport) {
        return protect.shortGuard(TakeGatewaysReport::isMeantFor, new CheckKey(keys, refusal), takeReport);
    }

    @Bean
    SecurityFilterChain intakeRules(HttpSecurity http, ProtectService protect, KnownKeys keys, AnswerRefusal refusal) {
        http.addFilterBefore(new CheckKey(keys, refusal), BearerTokenAuthenticationFilter.class);
        return protect.protect(
                http,
                paths -> paths.requestMatchers("/v1/reports", "/v1/reports/batch", "/v1/cloudevents")
                        .hasAnyAuthority(Gateway.AUTHORITY, Role.OPERATOR.authority(), Role.GRID_WORKER.authority())
                        .requestMatchers(GET, "/v1/reports/{reportId}")
                        .hasAuthority(Gateway.AUTHORITY)
                        .requestMatchers("/v1/sources", "/v1/sources/**")
                        .hasRole(Role.ADMIN.name()));
    }
}
