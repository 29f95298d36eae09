package org.citybrain.intake.consume;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.ReportRejected;
import org.jspecify.annotations.Nullable;

/** A line of {@code intake.refused_report}. */
record StoredRefusal(
        Instant receivedAt,
        int partition,
        long offset,
        @Nullable UUID reportId,
        String sourceId,
        RejectionReason reason,
        String detail,
        @Nullable String traceId) {

    /** Bytes that are no refusal are kept as one that could not be decoded. */
    static StoredRefusal of(ConsumerRecord<byte[], byte[]> record, RecordOrigin headers) {
        String traceId = MessageEnvelope.traceId(MessageEnvelope.traceParent(record));
        try {
            ReportRejected rejected = MessageEnvelope.read(record, ReportRejected.class);
            return new StoredRefusal(
                    headers.time(),
                    record.partition(),
                    record.offset(),
                    rejected.reportId(),
                    storable(rejected.sourceId()),
                    rejected.reason(),
                    storable(rejected.detail()),
                    traceId == null ? null : storable(traceId));
        } catch (RuntimeException undecodable) {
            return new StoredRefusal(
                    headers.time(),
                    record.partition(),
                    record.offset(),
                    null,
                    headers.sourceId(),
                    RejectionReason.UNDECODABLE,
                    storable("a record that is no refusal: " + undecodable.getMessage()),
                    traceId == null ? null : storable(traceId));
        }
    }

    /** PostgreSQL stores no NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
