package org.citybrain.api.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The two topics that event-intake fills. Callers at the same time share one reading, so that no number of them, and no broker
 * that is down, makes more than one request at a time.
 */
@Component
public class ReportTopics {

    private static final List<String> TOPICS = List.of(Topics.REPORT_RECEIVED, Topics.REPORT_REJECTED);

    private final ObjectProvider<Admin> broker;
    private final Duration timeout;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Reading latest;

    ReportTopics(ObjectProvider<Admin> broker, BrokerSettings settings) {
        this.broker = broker;
        this.timeout = settings.timeout();
    }

    /**
     * Where both topics end, read after this was called.
     *
     * @throws org.springframework.web.ErrorResponseException a 503 problem if Kafka does not answer in time
     */
    public TopicEnds read() {
        Reading reading = readAfter(System.nanoTime());
        if (reading.failure() != null) {
            throw Problem.of(
                    ProblemReason.BROKER_UNREACHABLE,
                    "Kafka did not say within %d ms where its topics end: expected it to be back soon, try again"
                            .formatted(timeout.toMillis()),
                    reading.failure());
        }
        return reading.ends();
    }

    /** Whether the topic of admitted reports holds a record at this offset. What it held once it holds for ever. */
    public boolean holdReport(int partition, long offset) {
        Reading known = latest;
        return (known != null && known.ends().hold(Topics.REPORT_RECEIVED, partition, offset))
                || read().hold(Topics.REPORT_RECEIVED, partition, offset);
    }

    /** A reading that began after this moment: another caller's, or a new one. */
    private Reading readAfter(long askedAt) {
        reading.lock();
        try {
            Reading result = latest;
            if (result == null || result.begunAt() - askedAt < 0) {
                result = newReading(result == null ? new TopicEnds(Map.of()) : result.ends());
                latest = result;
            }
            return result;
        } finally {
            reading.unlock();
        }
    }

    private Reading newReading(TopicEnds known) {
        long begunAt = System.nanoTime();
        try {
            return new Reading(begunAt, ends(), null);
        } catch (ExecutionException | TimeoutException | KafkaException | BeansException failure) {
            return new Reading(begunAt, known, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reading(begunAt, known, interrupted);
        }
    }

    private TopicEnds ends() throws ExecutionException, InterruptedException, TimeoutException {
        Admin admin = broker.getObject();
        int millis = Math.toIntExact(timeout.toMillis());
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        var descriptions = admin.describeTopics(TOPICS, new DescribeTopicsOptions().timeoutMs(millis));
        for (KafkaFuture<TopicDescription> described :
                descriptions.topicNameValues().values()) {
            TopicDescription topic = find(described, millis);
            if (topic != null) {
                topic.partitions()
                        .forEach(p ->
                                partitions.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> offsets = admin.listOffsets(
                        partitions, new ListOffsetsOptions().timeoutMs(millis))
                .all()
                .get(millis, TimeUnit.MILLISECONDS);
        Map<String, Map<Integer, Long>> topics = new HashMap<>();
        offsets.forEach((partition, end) -> topics.computeIfAbsent(partition.topic(), t -> new HashMap<>())
                .put(partition.partition(), end.offset()));
        return new TopicEnds(topics);
    }

    private static @Nullable TopicDescription find(KafkaFuture<TopicDescription> described, int millis)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            return described.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw failure;
        }
    }

    /**
     * What Kafka answered to one request.
     *
     * @param ends the last that it ever told
     * @param failure why it did not answer this time
     */
    private record Reading(
            long begunAt, TopicEnds ends, @Nullable Exception failure) {}
}
