package org.citybrain.intake.receive;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.citybrain.intake.IntakeSettings;
import org.citybrain.intake.admit.AdmissionGate;
import org.citybrain.intake.publish.PublishReports;
import org.citybrain.intake.publish.TraceParent;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ReceiveConfiguration {

    @Bean
    ReceiveLimits receiveLimits(IntakeSettings settings) {
        return new ReceiveLimits(
                Math.toIntExact(settings.largestReport().toBytes()),
                Math.toIntExact(settings.largestBatch().toBytes()),
                settings.mostReportsInABatch());
    }

    @Bean
    IntakeMeters intakeMeters(MeterRegistry meters) {
        return new IntakeMeters(meters);
    }

    @Bean
    TakeReport takeReport(
            AdmissionGate gate,
            PublishReports publish,
            TraceParent traceParent,
            IntakeMeters meters,
            Clock clock,
            IntakeSettings settings) {
        return new TakeReport(gate, publish, traceParent, meters, clock, settings);
    }

    @Bean
    TakeBatch takeBatch(
            AdmissionGate gate,
            PublishReports publish,
            TraceParent traceParent,
            IntakeMeters meters,
            Clock clock,
            ReceiveLimits limits) {
        return new TakeBatch(gate, publish, traceParent, meters, clock, limits.batchItems());
    }

    @Bean
    TakeGatewaysReport takeGatewaysReport(
            ReportsEndpoint reports,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
            JsonMapper json) {
        return new TakeGatewaysReport(reports, problems, json);
    }

    /** It stands in the guard's chain, and not before it. */
    @Bean
    FilterRegistrationBean<TakeGatewaysReport> onlyBehindTheGuard(TakeGatewaysReport filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }
}
