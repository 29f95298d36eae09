package org.citybrain.messages;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents 1.0 envelope of every message, in binary mode: attributes in {@code ce_} headers, JSON in the value.
 *
 * <p>The extension {@code traceparent} (W3C Trace Context) carries the trace from the HTTP request to the last consumer. What consumers choose messages
 * by stands in extensions, too: {@link #KIND}, {@link #STATUS}.
 */
public final class MessageEnvelope {

    /** Extension of an incident-changed message: its kind. */
    public static final String KIND = "kind";
    /** Extension of a task-changed message: the task's status. */
    public static final String STATUS = "status";

    private static final String JSON = "application/json";
    private static final String TRACE_PARENT = "traceparent";

    private MessageEnvelope() {}

    /**
     * A record to send.
     *
     * @param id stable: the same message sent again has the same id
     * @param source who says so: {@code /event-intake/sources/gw-17}
     * @param traceParent a W3C trace parent, where there is a trace
     */
    public static ProducerRecord<String, byte[]> record(
            String topic,
            String key,
            String id,
            String source,
            Instant time,
            @Nullable String traceParent,
            Object message) {
        return extendedRecord(
                topic,
                key,
                id,
                source,
                time,
                traceParent == null ? Map.of() : Map.of(TRACE_PARENT, traceParent),
                message);
    }

    /**
     * The same with extensions, each a header of its own: what a consumer may want to know before it reads the value.
     *
     * @param extensions their names are lower-case letters and digits
     */
    public static ProducerRecord<String, byte[]> extendedRecord(
            String topic,
            String key,
            String id,
            String source,
            Instant time,
            Map<String, String> extensions,
            Object message) {
        CloudEventBuilder event = CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create(source))
                .withType(topic)
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withData(JSON, MessageJson.MAPPER.writeValueAsBytes(message));
        extensions.forEach(event::withExtension);
        return KafkaMessageFactory.<String>createWriter(topic, key).writeBinary(event.build());
    }

    /**
     * Reads a record that {@link #record} wrote.
     *
     * @throws RuntimeException if the headers are no CloudEvent or the value is not such a message
     */
    public static <T> T read(ConsumerRecord<?, byte[]> record, Class<T> messageType) {
        CloudEvent event = KafkaMessageFactory.createReader(record).toEvent();
        if (event.getData() == null) {
            throw new IllegalArgumentException("the message has no data: expected a " + messageType.getSimpleName());
        }
        T message = MessageJson.MAPPER.readValue(event.getData().toBytes(), messageType);
        if (message == null) {
            throw new IllegalArgumentException("the message is null: expected a " + messageType.getSimpleName());
        }
        return message;
    }

    /**
     * When what the record tells happened: its {@code ce_time}.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static Instant time(ConsumerRecord<?, byte[]> record) {
        var time = KafkaMessageFactory.createReader(record).toEvent().getTime();
        if (time == null) {
            throw new IllegalArgumentException("the message has no ce_time");
        }
        return time.toInstant();
    }

    /** The W3C trace parent that the record carries, if any. */
    public static @Nullable String traceParent(ConsumerRecord<?, ?> record) {
        return attribute(record, TRACE_PARENT);
    }

    /** An attribute of the CloudEvent, or an extension, without reading the value; absent where the record does not carry it. */
    public static @Nullable String attribute(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader("ce_" + name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The 32 hexadecimal digits of the trace in a W3C trace parent, if it is one. */
    public static @Nullable String traceId(@Nullable String traceParent) {
        return traceParent != null && traceParent.length() == 55 ? traceParent.substring(3, 35) : null;
    }
}
