package org.citybrain.api.running;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.citybrain.messages.Topics;

/** The two topics that event-intake fills, two partitions each, on a real broker. */
public final class Broker implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    private Broker(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Connects to a broker, and makes the topics where they are missing. */
    public static Broker connect(String bootstrapServers) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(settings)) {
            var there = admin.listTopics().names().get();
            List<NewTopic> missing = List.of(Topics.REPORT_RECEIVED, Topics.REPORT_REJECTED).stream()
                    .filter(topic -> !there.contains(topic))
                    .map(topic -> new NewTopic(topic, 2, (short) 1))
                    .toList();
            admin.createTopics(missing).all().get();
        }
        return new Broker(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** Writes so many records. Returns where the partition ends. */
    public long write(String topic, int partition, int records) throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = IntStream.range(0, records)
                .mapToObj(i -> producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1})))
                .toList();
        producer.flush();
        return sent.getLast().get().offset() + 1;
    }

    @Override
    public void close() {
        producer.close();
    }
}
