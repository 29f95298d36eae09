package org.citybrain.api.subscription.consume;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/** Takes batches of both topics. On every assignment it goes to the offset that is stored in the database, never to Kafka's own. */
@Component
class NoticeListener implements ConsumerAwareRebalanceListener {

    static final String ID = "notices";

    private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);

    private final MakeNotices makeNotices;
    private final PostgresNoticeOffsets offsets;

    NoticeListener(MakeNotices makeNotices, PostgresNoticeOffsets offsets) {
        this.makeNotices = makeNotices;
        this.offsets = offsets;
    }

    @KafkaListener(
            id = ID,
            topics = {Topics.INCIDENT_CHANGED, Topics.TASK_CHANGED},
            groupId = "city-brain-api-notices",
            clientIdPrefix = "city-brain-api-notices",
            containerFactory = "noticeContainerFactory",
            autoStartup = "false")
    void consume(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
        try {
            makeNotices.make(records);
        } catch (StaleOffsets stale) {
            LOG.warn("{}; going there", stale.getMessage());
            goToStored(consumer, partitions(records));
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} messages of which people may want to be told wait, they are tried again: {}",
                    records.size(),
                    failure.toString());
            throw failure;
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            goToStored(consumer, partitions);
        }
    }

    private void goToStored(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        offsets.findOrBegin(consumer.beginningOffsets(partitions)).forEach((partition, offset) -> {
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
