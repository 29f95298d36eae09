package org.citybrain.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MessageEnvelopeTest {

    private static final String TRACE_PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final GovernanceMapChanged MESSAGE =
            new GovernanceMapChanged(7, Instant.parse("2026-02-01T00:00:00Z"), List.of("500112"));

    @Test
    void a_message_is_a_cloud_event_in_binary_mode() {
        ProducerRecord<String, byte[]> sent = sent(TRACE_PARENT);

        assertThat(sent.topic()).isEqualTo(Topics.GOVERNANCE_MAP_CHANGED);
        assertThat(sent.key()).isEqualTo("7");
        assertThat(header(sent, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(sent, "ce_id")).isEqualTo("map-7");
        assertThat(header(sent, "ce_source")).isEqualTo("/grid-service");
        assertThat(header(sent, "ce_type")).isEqualTo(Topics.GOVERNANCE_MAP_CHANGED);
        assertThat(Instant.parse(header(sent, "ce_time"))).isEqualTo(Instant.parse("2026-02-01T00:00:00.250Z"));
        assertThat(header(sent, "ce_traceparent")).isEqualTo(TRACE_PARENT);
        assertThat(header(sent, "content-type")).isEqualTo("application/json");
        assertThat(new String(sent.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"mapVersion\":7,\"effectiveFrom\":\"2026-02-01T00:00:00Z\",\"unitCodes\":[\"500112\"]}");
    }

    @Test
    void what_was_sent_is_read() {
        ConsumerRecord<String, byte[]> received =
                received(sent(TRACE_PARENT), sent(TRACE_PARENT).value());

        assertThat(MessageEnvelope.read(received, GovernanceMapChanged.class)).isEqualTo(MESSAGE);
        assertThat(MessageEnvelope.traceParent(received)).isEqualTo(TRACE_PARENT);
        assertThat(MessageEnvelope.traceId(TRACE_PARENT)).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void a_message_outside_of_any_trace_has_no_trace_parent() {
        ConsumerRecord<String, byte[]> received =
                received(sent(null), sent(null).value());

        assertThat(MessageEnvelope.traceParent(received)).isNull();
        assertThat(MessageEnvelope.traceId(null)).isNull();
    }

    @Test
    void bytes_that_are_no_message_are_not_read() {
        ProducerRecord<String, byte[]> sent = sent(null);
        ConsumerRecord<String, byte[]> bare =
                new ConsumerRecord<>("t", 0, 0, "7", "{}".getBytes(StandardCharsets.UTF_8));

        for (ConsumerRecord<String, byte[]> broken : List.of(
                bare,
                received(sent, "nonsense".getBytes(StandardCharsets.UTF_8)),
                received(sent, "null".getBytes(StandardCharsets.UTF_8)),
                received(sent, "[]".getBytes(StandardCharsets.UTF_8)),
                received(sent, null))) {
            assertThatThrownBy(() -> MessageEnvelope.read(broken, GovernanceMapChanged.class))
                    .isInstanceOf(RuntimeException.class);
        }
    }

    private static ProducerRecord<String, byte[]> sent(String traceParent) {
        return MessageEnvelope.record(
                Topics.GOVERNANCE_MAP_CHANGED,
                "7",
                "map-7",
                "/grid-service",
                Instant.parse("2026-02-01T00:00:00.250Z"),
                traceParent,
                MESSAGE);
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent, byte[] value) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sent.key(),
                value,
                new RecordHeaders(sent.headers().toArray()),
                Optional.empty());
    }

    private static String header(ProducerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
