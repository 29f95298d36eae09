package org.citybrain.intake.consume;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * Accounts for every record on both topics exactly once: the offset moves in the transaction that stores the account, and
 * only from where this consumer believes it to be. Kafka's own committed offsets serve the display of lag only.
 */
@Component
class AccountTopics implements ConsumerSeekAware {

    private static final Logger LOG = LoggerFactory.getLogger(AccountTopics.class);

    private final PostgresAccount account;
    /** The offset up to which each partition of ours has been accounted for. */
    private final Map<TopicPartition, Long> accounted = new ConcurrentHashMap<>();

    AccountTopics(PostgresAccount account) {
        this.account = account;
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        try {
            account.open(assignments.keySet()).forEach((partition, offset) -> {
                accounted.put(partition, offset);
                callback.seek(partition.topic(), partition.partition(), offset);
            });
        } catch (DataAccessException failure) {
            // The first records that come will find their partition unopened, and open it then.
            accounted.keySet().removeAll(assignments.keySet());
            LOG.warn("Cannot read how far {} have been accounted for", assignments.keySet(), failure);
        }
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
        if (partitions != null) {
            accounted.keySet().removeAll(partitions);
        }
    }

    @KafkaListener(
            id = "event-intake-account",
            groupId = "${spring.kafka.consumer.group-id}",
            topics = {Topics.REPORT_RECEIVED, Topics.REPORT_REJECTED})
    void account(List<ConsumerRecord<byte[], byte[]>> records, Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition =
                records.stream().collect(Collectors.groupingBy(r -> new TopicPartition(r.topic(), r.partition())));
        List<PartitionAccount> accounts = new ArrayList<>();
        for (var partition : byPartition.entrySet()) {
            Long expectedOffset = accounted.get(partition.getKey());
            if (expectedOffset == null) {
                backToTheAccount(byPartition.keySet(), consumer);
                return;
            }
            PartitionAccount.of(partition.getKey(), expectedOffset, partition.getValue())
                    .ifPresent(accounts::add);
        }
        if (account.store(accounts)) {
            accounts.forEach(a -> accounted.put(a.partition(), a.nextOffset()));
            acknowledgment.acknowledge();
        } else {
            LOG.info("Another instance has accounted for some of {}; going on from there", byPartition.keySet());
            backToTheAccount(byPartition.keySet(), consumer);
        }
    }

    private void backToTheAccount(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        account.open(partitions).forEach((partition, offset) -> {
            accounted.put(partition, offset);
            consumer.seek(partition, offset);
        });
    }
}
