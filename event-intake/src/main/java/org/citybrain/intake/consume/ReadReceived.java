package org.citybrain.intake.consume;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.citybrain.intake.publish.Placement;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Looks at one record of the topic of admitted reports. */
@Component
public class ReadReceived {

    private static final Logger LOG = LoggerFactory.getLogger(ReadReceived.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 4;

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    ReadReceived(ConsumerFactory<byte[], byte[]> consumers) {
        this.consumers = consumers;
    }

    /** Whether this report of this source lies there. Where Kafka does not tell in time it is not known to. */
    public boolean isThere(Placement placement, UUID reportId, String sourceId) {
        if (!places.tryAcquire()) {
            return false;
        }
        try (Consumer<byte[], byte[]> consumer =
                consumers.createConsumer(null, "-look-" + UUID.randomUUID(), null, asOneRecord())) {
            var partition = new TopicPartition(Topics.REPORT_RECEIVED, placement.partition());
            consumer.assign(List.of(partition));
            consumer.seek(partition, placement.offset());
            return consumer.poll(PATIENCE).records(partition).stream()
                    .anyMatch(record -> record.offset() == placement.offset()
                            && RecordOrigin.of(record).sourceId().equals(sourceId)
                            && isReport(record, reportId));
        } catch (KafkaException failure) {
            LOG.debug("Cannot look at {}", placement, failure);
            return false;
        } finally {
            places.release();
        }
    }

    private static boolean isReport(ConsumerRecord<byte[], byte[]> record, UUID reportId) {
        Header id = record.headers().lastHeader("ce_id");
        return id != null && reportId.toString().equals(new String(id.value(), StandardCharsets.UTF_8));
    }

    private static Properties asOneRecord() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "1");
        return properties;
    }
}
