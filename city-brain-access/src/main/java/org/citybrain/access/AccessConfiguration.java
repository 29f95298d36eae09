package org.citybrain.access;

import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.access.audit.PostgresAuditTrail;
import org.citybrain.access.audit.RefusalLog;
import org.citybrain.access.container.ContainerConfiguration;
import org.citybrain.access.limit.LimitSettings;
import org.citybrain.access.limit.RequestLimit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** What every service imports; its own rules are a {@code SecurityFilterChain} made by {@link ProtectService}. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({AccessSettings.class, LimitSettings.class})
@Import(ContainerConfiguration.class)
public class AccessConfiguration {

    @Bean
    AuditTrail auditTrail(
            JdbcClient jdbc, JsonMapper json, Tracer tracer, @Value("${spring.application.name}") String service) {
        return new PostgresAuditTrail(jdbc, json, tracer, service);
    }

    @Bean
    RefusalLog refusalLog(AuditTrail audit) {
        return new RefusalLog(audit);
    }

    /** A span and a metric for each of a dozen filters cost more than all of them do: a quarter of what a refused request costs. */
    @Bean
    SecurityObservationSettings noObservationOfEachFilter() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RequestLimit requestLimit(LimitSettings settings, Clock clock) {
        return new RequestLimit(settings, clock);
    }

    @Bean
    AnswerRefusal answerRefusal(RefusalLog refusals, RequestLimit limit, JsonMapper json, Tracer tracer) {
        return new AnswerRefusal(refusals, limit, json, tracer);
    }

    @Bean
    ProtectService protectService(
            AccessSettings settings, LimitSettings limits, RequestLimit limit, Clock clock, AnswerRefusal refusal) {
        return new ProtectService(settings, limits, limit, clock, refusal);
    }

    /** Before the services' own chain; what has not the key goes on to that one, where an administrator's token counts. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain metrics(HttpSecurity http, ProtectService protect, AccessSettings settings) {
        return protect.bound(http)
                .securityMatcher(new MetricsKey(settings.metricsKey()))
                .authorizeHttpRequests(paths -> paths.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }
}
