package org.citybrain.local.bench;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.messages.CoarseCell;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.Topics;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** dispatch-service in this JVM without Kafka, with nothing that runs by itself: whoever starts it says what is done, and when. */
public final class QuietDispatch {

    private static final String NEVER = "24000h";

    private QuietDispatch() {}

    /** Starts it on a migrated database. Whoever asks closes it. */
    public static ConfigurableApplicationContext start(
            String databaseUrl,
            String password,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer) {
        return new SpringApplicationBuilder(DispatchApplication.class)
                .properties("spring.config.name=dispatch-service")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(initializer)
                .run(Stream.concat(
                                Stream.of(
                                        "server.port=0",
                                        "spring.flyway.enabled=false",
                                        "spring.kafka.admin.auto-create=false",
                                        "spring.kafka.listener.auto-startup=false",
                                        "city-brain.dispatch.auto-start=false",
                                        "CITY_BRAIN_KAFKA=127.0.0.1:1",
                                        "CITY_BRAIN_DATABASE_URL=" + databaseUrl,
                                        "CITY_BRAIN_DISPATCH_PASSWORD=" + password),
                                Stream.of(
                                                "relay-interval",
                                                "relay-age-interval",
                                                "policy-refresh",
                                                "map-interval",
                                                "waiting-interval",
                                                "housekeeping",
                                                "archive.every",
                                                "rehearsal.sweep",
                                                "rehearsal.heartbeat",
                                                "rehearsal.cancel-look",
                                                "receipt-interval",
                                                "check-in-sweep",
                                                "deadlines.backlog-interval")
                                        .map(setting -> "city-brain.dispatch." + setting + "=" + NEVER))
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }

    /** A report as it would be polled from {@code report-received}. */
    public static ConsumerRecord<String, byte[]> polled(ReportReceived report, int partition, long offset) {
        Instant receivedAt = report.receivedAt();
        ProducerRecord<String, byte[]> sent = MessageEnvelope.record(
                Topics.REPORT_RECEIVED,
                CoarseCell.of(report.position()),
                report.reportId().toString(),
                "/event-intake/sources/" + report.report().source().id(),
                receivedAt,
                null,
                report);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(
                Topics.REPORT_RECEIVED,
                partition,
                offset,
                receivedAt.toEpochMilli(),
                TimestampType.CREATE_TIME,
                sent.key().length(),
                sent.value().length,
                sent.key(),
                sent.value(),
                new RecordHeaders(),
                Optional.empty());
        sent.headers().forEach(header -> record.headers().add(header));
        return record;
    }
}
