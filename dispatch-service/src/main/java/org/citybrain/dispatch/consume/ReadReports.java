package org.citybrain.dispatch.consume;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads records. Never throws: what is no report arrives as a value that says why, and is parked with the others' batch. */
@Component
public class ReadReports {

    private static final Duration OLDEST = Duration.ofDays(366);
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private final Clock clock;

    ReadReports(Clock clock) {
        this.clock = clock;
    }

    public ConsumedReport read(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        String traceId = MessageEnvelope.traceId(MessageEnvelope.traceParent(record));
        RecordOrigin origin = RecordOrigin.of(record);
        ReportReceived report = null;
        String undecodable = null;
        try {
            report = checked(MessageEnvelope.read(record, ReportReceived.class));
        } catch (RuntimeException e) {
            undecodable = ConsumedReport.withoutNul(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return new ConsumedReport(
                record.topic(),
                record.partition(),
                record.offset(),
                origin.sourceId(),
                origin.time(),
                traceId,
                report,
                undecodable,
                record.headers(),
                value);
    }

    /** Reads a report once more from what was kept of its record. */
    public ConsumedReport readAgain(
            String topic, int partition, long offset, Instant receivedAt, Map<String, String> headers, byte[] payload) {
        var kept = new RecordHeaders();
        headers.forEach((name, value) -> kept.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return read(new ConsumerRecord<>(
                topic,
                partition,
                offset,
                receivedAt.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                payload.length,
                "",
                payload,
                kept,
                Optional.empty()));
    }

    /** Reads a report that was stored: what became of its record is settled, and its headers are not kept. */
    public ConsumedReport readStored(String value, @Nullable String traceId) {
        ReportReceived report = MessageJson.MAPPER.readValue(value, ReportReceived.class);
        return new ConsumedReport(
                Topics.REPORT_RECEIVED,
                0,
                0,
                report.report().source().id(),
                report.receivedAt(),
                traceId,
                report,
                null,
                new RecordHeaders(),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private ReportReceived checked(ReportReceived received) {
        Report report = require(received.report(), "report");
        require(received.reportId(), "reportId");
        require(received.position(), "position");
        Long.parseUnsignedLong(require(received.contentDigest(), "contentDigest"), 16);
        Report.Source source = require(report.source(), "report.source");
        require(source.kind(), "report.source.kind");
        require(source.id(), "report.source.id");
        require(report.type(), "report.type");
        require(report.occurredAt(), "report.occurredAt");
        require(report.location(), "report.location");
        requireBelievable(require(received.receivedAt(), "receivedAt"), "receivedAt");
        requireBelievable(report.occurredAt(), "report.occurredAt");
        if ((source.id() + report.type()).indexOf('\0') >= 0) {
            throw new IllegalArgumentException("source or type holds a NUL character, which cannot be stored");
        }
        return received;
    }

    private void requireBelievable(Instant time, String name) {
        Instant now = clock.instant();
        if (time.isBefore(now.minus(OLDEST)) || time.isAfter(now.plus(MOST_AHEAD))) {
            throw new IllegalArgumentException(name + " is " + time + ": expected a time of the last year");
        }
    }

    private static <T> T require(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
