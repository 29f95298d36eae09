package org.citybrain.intake.consume;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.citybrain.intake.problem.NotReady;
import org.citybrain.intake.publish.Placement;
import org.citybrain.messages.RecordOrigin;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at one record of the topic of admitted reports, by a few consumers that are kept. A report that was found there is remembered: whoever
 * asks again and again what became of it makes Kafka look for it once.
 */
@Component
public class ReadReceived implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ReadReceived.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_REMEMBERED = 50_000;
    /** Sooner than any topic throws its records away. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final ConsumerFactory<byte[], byte[]> consumers;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Queue<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedQueue<>();
    private final Cache<Received, Boolean> found = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    ReadReceived(ConsumerFactory<byte[], byte[]> consumers) {
        this.consumers = consumers;
    }

    /**
     * Whether this report of this source lies there.
     *
     * @throws NotReady where Kafka does not tell in time, or too many ask
     */
    public boolean isThere(Placement placement, UUID reportId, String sourceId) {
        Received report = new Received(placement, reportId.toString(), sourceId);
        if (isKnown(report)) {
            return true;
        }
        takePlace();
        try {
            // Meanwhile another may have looked for the same.
            if (!isKnown(report) && !look(placement).filter(report::equals).isPresent()) {
                return false;
            }
            found.put(report, true);
            return true;
        } finally {
            places.release();
        }
    }

    private boolean isKnown(Received report) {
        return found.getIfPresent(report) != null;
    }

    private Optional<Received> look(Placement placement) {
        Consumer<byte[], byte[]> consumer = null;
        try {
            Consumer<byte[], byte[]> kept = idle.poll();
            consumer = kept == null
                    ? consumers.createConsumer(null, "-look-" + UUID.randomUUID(), null, asOneRecord())
                    : kept;
            Optional<ConsumerRecord<byte[], byte[]>> record = find(consumer, placement);
            idle.add(consumer);
            return record.map(there -> Received.of(there, placement));
        } catch (KafkaException failure) {
            LOG.debug("Cannot look at {}", placement, failure);
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
            throw cannotTell();
        }
    }

    @Override
    public void destroy() {
        idle.forEach(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw cannotTell();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cannotTell();
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> find(
            Consumer<byte[], byte[]> consumer, Placement placement) {
        if (placement.partition()
                >= consumer.partitionsFor(Topics.REPORT_RECEIVED, PATIENCE).size()) {
            return Optional.empty();
        }
        var partition = new TopicPartition(Topics.REPORT_RECEIVED, placement.partition());
        Long end = consumer.endOffsets(List.of(partition), PATIENCE).get(partition);
        if (end == null || placement.offset() >= end) {
            return Optional.empty();
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, placement.offset());
        List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(PATIENCE).records(partition);
        if (records.isEmpty()) {
            throw new TimeoutException("nothing came of " + placement);
        }
        // What was thrown away with its time is passed over.
        return Optional.of(records.getFirst()).filter(record -> record.offset() == placement.offset());
    }

    private static NotReady cannotTell() {
        return new NotReady("Kafka does not tell in time whether the report waits on its topic: ask again");
    }

    private static Properties asOneRecord() {
        var properties = new Properties();
        properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        properties.setProperty(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "1");
        properties.setProperty(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        return properties;
    }

    /**
     * A report and where it lies.
     *
     * @param reportId empty where the record names none
     */
    private record Received(Placement placement, String reportId, String sourceId) {

        static Received of(ConsumerRecord<byte[], byte[]> record, Placement placement) {
            Header id = record.headers().lastHeader("ce_id");
            return new Received(
                    placement,
                    id == null || id.value() == null ? "" : new String(id.value(), StandardCharsets.UTF_8),
                    RecordOrigin.of(record).sourceId());
        }
    }
}
