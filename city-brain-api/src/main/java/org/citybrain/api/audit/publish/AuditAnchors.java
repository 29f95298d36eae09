package org.citybrain.api.audit.publish;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** The heads that the trail had, one after the other, on a topic of one partition that forgets nothing. */
@Component
public class AuditAnchors {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIT_ANCHOR, 0);
    private static final String KEY = "audit";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaTemplate<String, byte[]> kafka;
    private final ConsumerFactory<String, byte[]> consumers;

    AuditAnchors(KafkaTemplate<String, byte[]> kafka, ConsumerFactory<String, byte[]> consumers) {
        this.kafka = kafka;
        this.consumers = consumers;
    }

    /** Returns when Kafka has acknowledged it. */
    void add(AuditAnchor anchor) throws ExecutionException, TimeoutException, InterruptedException {
        byte[] message = MessageJson.MAPPER.writeValueAsString(anchor).getBytes(StandardCharsets.UTF_8);
        kafka.send(Topics.AUDIT_ANCHOR, PARTITION.partition(), KEY, message)
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * All of them, the oldest first.
     *
     * @throws org.springframework.web.ErrorResponseException a 503 problem if Kafka does not answer in time
     */
    public List<AuditAnchor> list() {
        try (Consumer<String, byte[]> consumer = consumers.createConsumer("audit-verification", "")) {
            List<TopicPartition> partitions = List.of(PARTITION);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            long end = ends.getOrDefault(PARTITION, 0L);
            List<AuditAnchor> anchors = new ArrayList<>();
            while (consumer.position(PARTITION, PATIENCE) < end) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(PATIENCE)) {
                    anchors.add(MessageJson.MAPPER.readValue(message.value(), AuditAnchor.class));
                }
            }
            return anchors;
        } catch (KafkaException failure) {
            throw Problem.of(
                    ProblemReason.BROKER_UNREACHABLE,
                    "Kafka did not give the anchors of the audit trail: expected it to be back soon, try again",
                    failure);
        }
    }
}
