package org.citybrain.intake.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citybrain.messages.CoarseCell;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.ReportRejected;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/** Publishes verdicts, many in flight at once and awaited together. */
public final class PublishReports {

    private final ProducerFactory<String, byte[]> producers;
    private final Duration patience;
    private final Timer timer;

    /** @param patience how long to wait for Kafka's acknowledgement, a little more than the producer's own delivery timeout */
    public PublishReports(ProducerFactory<String, byte[]> producers, Duration patience, MeterRegistry meters) {
        this.producers = producers;
        this.patience = patience;
        this.timer = Timer.builder("citybrain.intake.publish")
                .description("From the first record of a request to the last acknowledgement by Kafka")
                .register(meters);
    }

    /**
     * Begins to publish what came with one request.
     *
     * @param traceParent the request's W3C trace parent
     */
    public Publication begin(@Nullable String traceParent) {
        return new Publication(producers.createProducer(), traceParent, patience, timer);
    }

    static ProducerRecord<String, byte[]> record(ReportReceived received, @Nullable String traceParent) {
        return MessageEnvelope.record(
                Topics.REPORT_RECEIVED,
                CoarseCell.of(received.position()),
                received.reportId().toString(),
                source(received.report().source().id()),
                received.receivedAt(),
                traceParent,
                received);
    }

    /** A refusal is a message of its own: two refusals of one report are two, so its id is not the report's. */
    static ProducerRecord<String, byte[]> record(ReportRejected rejected, @Nullable String traceParent) {
        return MessageEnvelope.record(
                Topics.REPORT_REJECTED,
                rejected.sourceId(),
                UUID.randomUUID().toString(),
                source(rejected.sourceId()),
                rejected.receivedAt(),
                traceParent,
                rejected);
    }

    private static String source(String sourceId) {
        return RecordOrigin.SOURCE_PREFIX
                + URLEncoder.encode(sourceId, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
