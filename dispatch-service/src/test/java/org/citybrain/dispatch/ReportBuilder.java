package org.citybrain.dispatch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.citybrain.messages.CoarseCell;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.messages.UnitCode;

/** Reports as they lie on report-received; each test says only what matters to it. */
public final class ReportBuilder {

    private UUID reportId = UUID.randomUUID();
    private Instant receivedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private Instant occurredAt = receivedAt;
    private SourceKind kind = SourceKind.GRID_WORKER;
    private String sourceId = "worker-1";
    private String type = "flood.waterlogging";
    private UnitCode namedUnit;
    private Position position = new Position(SquareCity.longitudeOf(0), SquareCity.latitude());
    private Report.Footprint footprint;
    private Long people;
    private Report.Casualties casualties;
    private Long lossYuan;
    private String digest;
    private String traceParent;

    public static ReportBuilder report() {
        return new ReportBuilder();
    }

    public ReportBuilder id(UUID id) {
        this.reportId = id;
        return this;
    }

    public ReportBuilder receivedAt(Instant at) {
        this.receivedAt = at;
        this.occurredAt = at;
        return this;
    }

    public ReportBuilder occurredAt(Instant at) {
        this.occurredAt = at;
        return this;
    }

    public ReportBuilder from(SourceKind sourceKind, String id) {
        this.kind = sourceKind;
        this.sourceId = id;
        return this;
    }

    public ReportBuilder type(String code) {
        this.type = code;
        return this;
    }

    public ReportBuilder at(double longitude, double latitude) {
        this.position = new Position(longitude, latitude);
        return this;
    }

    /** In the middle of this grid of {@link SquareCity}. */
    public ReportBuilder inGrid(int grid) {
        return at(SquareCity.longitudeOf(grid), SquareCity.latitude());
    }

    /** A caller knows the unit only; its representative point is where the report is. */
    public ReportBuilder of(String unitCode) {
        this.namedUnit = new UnitCode(unitCode);
        return this;
    }

    public ReportBuilder radius(double meters) {
        this.footprint = new Report.Footprint(meters, null, null);
        return this;
    }

    public ReportBuilder people(long count) {
        this.people = count;
        return this;
    }

    public ReportBuilder deaths(long count) {
        this.casualties = new Report.Casualties(count, null);
        return this;
    }

    public ReportBuilder lossYuan(long yuan) {
        this.lossYuan = yuan;
        return this;
    }

    public ReportBuilder digest(String hex) {
        this.digest = hex;
        return this;
    }

    public ReportBuilder trace(String parent) {
        this.traceParent = parent;
        return this;
    }

    public ReportReceived received() {
        Report report = new Report(
                reportId,
                new Report.Source(kind, sourceId, null),
                type,
                occurredAt,
                new Report.Location(position.longitude(), position.latitude(), Datum.WGS84, namedUnit),
                footprint,
                people,
                casualties,
                lossYuan,
                null,
                null,
                null);
        String contentDigest = digest == null ? "%016x".formatted(reportId.getLeastSignificantBits()) : digest;
        return new ReportReceived(reportId, receivedAt, position, null, contentDigest, report);
    }

    public ProducerRecord<String, byte[]> toSend() {
        return MessageEnvelope.record(
                Topics.REPORT_RECEIVED,
                CoarseCell.of(position),
                reportId.toString(),
                "/event-intake/sources/" + sourceId,
                receivedAt,
                traceParent,
                received());
    }

    /** As it is polled from a place on the topic. */
    public ConsumerRecord<String, byte[]> polled(int partition, long offset) {
        ProducerRecord<String, byte[]> sent = toSend();
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
