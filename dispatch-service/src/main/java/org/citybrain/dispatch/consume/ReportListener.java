package org.citybrain.dispatch.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
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

    private static final Logger log = LoggerFactory.getLogger(ReportListener.class);

    private final ReadReports readReports;
    private final ProcessReports processReports;
    private final StoredOffsets storedOffsets;

    ReportListener(ReadReports readReports, ProcessReports processReports, StoredOffsets storedOffsets) {
        this.readReports = readReports;
        this.processReports = processReports;
        this.storedOffsets = storedOffsets;
    }

    @KafkaListener(
            id = ID,
            topics = Topics.REPORT_RECEIVED,
            groupId = "${city-brain.dispatch.consumer-group:dispatch-service}",
            clientIdPrefix = "dispatch-reports",
            containerFactory = "reportContainerFactory",
            autoStartup = "false")
    void consume(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        List<ConsumedReport> reports = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            reports.add(readReports.read(record));
        }
        try {
            processReports.process(reports);
        } catch (StaleOffsets e) {
            log.warn("{}; going there", e.getMessage());
            seek(consumer, e.storedOffsets());
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            Map<TopicPartition, Long> stored = storedOffsets.findOrBegin(consumer.beginningOffsets(partitions));
            log.info("given the partitions {}", stored);
            seek(consumer, stored);
        }
    }

    private static void seek(Consumer<?, ?> consumer, Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, offset);
            }
        });
    }
}
