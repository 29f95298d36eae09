package org.citybrain.dispatch.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * Takes batches of {@code report-received}. On every assignment it goes to the offset that is stored in the database, never to
 * Kafka's own.
 */
@Component
public class ReportListener implements ConsumerAwareRebalanceListener {

    /** The listener is started when the governance map is there. */
    public static final String ID = "reports";

    /**
     * A batch is the same number of statements whatever is in it: reports wait until there are 64 KB of them, but no longer than 100 ms. Of the
     * reports only: what a map or an offset is asked for comes at once.
     */
    private static final String FETCH_64_KB = ConsumerConfig.FETCH_MIN_BYTES_CONFIG + "=65536";

    private static final String FETCH_WITHIN_100_MS = ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG + "=100";

    private static final Logger log = LoggerFactory.getLogger(ReportListener.class);

    private final ReadReports readReports;
    private final ProcessReports processReports;
    private final ReportsUnderWay reportsUnderWay;
    private final StoredOffsets storedOffsets;

    ReportListener(
            ReadReports readReports,
            ProcessReports processReports,
            ReportsUnderWay reportsUnderWay,
            StoredOffsets storedOffsets) {
        this.readReports = readReports;
        this.processReports = processReports;
        this.reportsUnderWay = reportsUnderWay;
        this.storedOffsets = storedOffsets;
    }

    @KafkaListener(
            id = ID,
            topics = Topics.REPORT_RECEIVED,
            groupId = "${city-brain.dispatch.consumer-group:dispatch-service}",
            clientIdPrefix = "${city-brain.dispatch.client-id:dispatch-reports}",
            containerFactory = "reportContainerFactory",
            properties = {FETCH_64_KB, FETCH_WITHIN_100_MS},
            autoStartup = "false")
    void consume(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        List<ConsumedReport> reports = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            reports.add(readReports.read(record));
        }
        try {
            reportsUnderWay.dispatch(() -> processReports.process(reports));
        } catch (StaleOffsets e) {
            log.warn("{}; going there", e.getMessage());
            goToStored(consumer, partitions(records));
        }
    }

    /**
     * A batch whose commit was lost in a crash of the database is behind the consumer's position, and no further record need ever come to
     * show it: so a partition that is quiet is looked after.
     */
    @EventListener
    void lookAfterQuietPartition(ListenerContainerPartitionIdleEvent idle) {
        Consumer<?, ?> consumer = idle.getConsumer();
        TopicPartition partition = idle.getTopicPartition();
        if (partition.topic().equals(Topics.REPORT_RECEIVED)
                && consumer.assignment().contains(partition)) {
            Long stored = storedOffsets.find(Set.of(partition)).get(partition);
            if (stored != null && stored < consumer.position(partition)) {
                log.warn(
                        "{} was read to {} but is stored to {} only; going back",
                        partition,
                        consumer.position(partition),
                        stored);
                consumer.seek(partition, stored);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.info("given the partitions {}", partitions);
            goToStored(consumer, partitions);
        }
    }

    private void goToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        storedOffsets.findOrBegin(consumer.beginningOffsets(partitions)).forEach((partition, offset) -> {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }

    private static Set<TopicPartition> partitions(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> new TopicPartition(record.topic(), record.partition()))
                .collect(Collectors.toSet());
    }
}
