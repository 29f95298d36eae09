package org.citybrain.dispatch.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How much is waiting on {@code report-received}, over all instances: {@code citybrain.dispatch.waiting} (records) and {@code
 * …waiting.oldest} (seconds). Measured from the topic's end and the stored offsets, with a consumer of its own.
 */
@Component
class WaitingReports implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WaitingReports.class);
    private static final Duration MOST_WAIT = Duration.ofSeconds(2);
    private static final int MOST_POLLS = 5;

    private final Consumer<String, byte[]> consumer;
    private final StoredOffsets storedOffsets;
    private final Clock clock;
    private volatile long waiting;
    private volatile double oldestSeconds;

    WaitingReports(
            ConsumerFactory<String, byte[]> consumerFactory,
            StoredOffsets storedOffsets,
            MeterRegistry registry,
            Clock clock) {
        this.consumer = consumerFactory.createConsumer(null, "dispatch-waiting", null);
        this.storedOffsets = storedOffsets;
        this.clock = clock;
        Gauge.builder("citybrain.dispatch.waiting", () -> waiting)
                .description("Records of report-received that have not been processed yet (consumer lag)")
                .register(registry);
        Gauge.builder("citybrain.dispatch.waiting.oldest", () -> oldestSeconds)
                .description("Age of the oldest record of report-received that has not been processed yet")
                .baseUnit("seconds")
                .register(registry);
    }

    @Scheduled(
            initialDelayString = "${city-brain.dispatch.waiting-interval:2s}",
            fixedDelayString = "${city-brain.dispatch.waiting-interval:2s}")
    synchronized void measure() {
        try {
            List<TopicPartition> partitions = partitions();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, MOST_WAIT);
            Map<TopicPartition, Long> stored = storedOffsets.find(partitions);
            Map<TopicPartition, Long> behind = new HashMap<>();
            long sum = 0;
            for (TopicPartition partition : partitions) {
                long next = stored.getOrDefault(partition, 0L);
                long missing = ends.getOrDefault(partition, next) - next;
                if (missing > 0) {
                    sum += missing;
                    behind.put(partition, next);
                }
            }
            waiting = sum;
            oldestSeconds = behind.isEmpty() ? 0 : oldestSeconds(behind);
        } catch (RuntimeException e) {
            log.debug("what is waiting could not be measured: {}", e.toString());
        }
    }

    @Override
    public synchronized void destroy() {
        consumer.close();
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> known = consumer.partitionsFor(Topics.REPORT_RECEIVED, MOST_WAIT);
        return known == null
                ? List.of()
                : known.stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
    }

    /** Reads on until each partition that is behind has shown its oldest record. */
    private double oldestSeconds(Map<TopicPartition, Long> behind) {
        consumer.assign(behind.keySet());
        consumer.resume(behind.keySet());
        behind.forEach(consumer::seek);
        Set<TopicPartition> unseen = new HashSet<>(behind.keySet());
        long now = clock.millis();
        long oldest = now;
        for (int polls = 0; !unseen.isEmpty() && polls < MOST_POLLS; polls++) {
            ConsumerRecords<String, byte[]> records = consumer.poll(MOST_WAIT);
            for (TopicPartition partition : records.partitions()) {
                oldest = Math.min(oldest, records.records(partition).getFirst().timestamp());
            }
            unseen.removeAll(records.partitions());
            consumer.pause(records.partitions());
        }
        return (now - oldest) / 1000.0;
    }
}
