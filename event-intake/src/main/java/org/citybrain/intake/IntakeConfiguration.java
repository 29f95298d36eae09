package org.citybrain.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.citybrain.intake.admit.AdmissionGate;
import org.citybrain.intake.admit.AdmissionPolicy;
import org.citybrain.intake.admit.AdmissionProfiles;
import org.citybrain.intake.admit.CityMaps;
import org.citybrain.intake.admit.IncidentTypes;
import org.citybrain.intake.admit.ReportIds;
import org.citybrain.intake.admit.UnitPlaces;
import org.citybrain.intake.publish.PublishReports;
import org.citybrain.intake.publish.TraceParent;
import org.citybrain.messages.Topics;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.kafka.core.ProducerFactory;

@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    private static final String THIRTY_DAYS_MILLIS = "2592000000";

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    AdmissionGate admissionGate(
            IntakeSettings settings,
            AdmissionProfiles profiles,
            IncidentTypes types,
            CityMaps maps,
            UnitPlaces places,
            Clock clock) {
        var policy = new AdmissionPolicy(
                settings.oldestReport(),
                settings.clockTolerance(),
                settings.accountReportsPerSecond(),
                settings.burst());
        return new AdmissionGate(policy, profiles, types, maps, places, () -> ReportIds.newReportId(clock));
    }

    @Bean
    PublishReports publishReports(
            ProducerFactory<String, byte[]> producers, IntakeSettings settings, MeterRegistry meters) {
        return new PublishReports(producers, settings.publishPatience(), meters);
    }

    @Bean
    TraceParent traceParent(Tracer tracer) {
        return new TraceParent(tracer);
    }

    @Bean
    NewTopics intakeTopics(IntakeSettings settings) {
        return new NewTopics(
                topic(Topics.REPORT_RECEIVED, settings.receivedPartitions()),
                topic(Topics.REPORT_REJECTED, settings.rejectedPartitions()));
    }

    /** Far longer than any outage of dispatch-service: what is not processed yet must not be deleted. */
    private static NewTopic topic(String name, int partitions) {
        return TopicBuilder.name(name)
                .partitions(partitions)
                .config("retention.ms", THIRTY_DAYS_MILLIS)
                .build();
    }
}
