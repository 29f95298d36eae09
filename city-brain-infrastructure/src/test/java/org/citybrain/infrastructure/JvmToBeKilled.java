package org.citybrain.infrastructure;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citybrain.infrastructure.PrivatePostgis.Durability;

/** Starts a broker and a cluster, has one record acknowledged and one row committed, says so, and waits to be killed. */
final class JvmToBeKilled {

    static final String READY = "ready to be killed";

    private JvmToBeKilled() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var kafka =
                new LocalKafka(folder.resolve("kafka"), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        var postgis = new PrivatePostgis(
                folder.resolve("postgis"), Integer.parseInt(arguments[3]), "secret", Durability.DURABLE);
        kafka.start();
        postgis.start();
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", "key", "acknowledged")).get();
        }
        try (var connection = DriverManager.getConnection(postgis.jdbcUrl("postgres"), "postgres", "secret");
                var statement = connection.createStatement()) {
            statement.execute("create table kept (value text)");
            statement.execute("insert into kept values ('committed')");
        }
        System.out.println(READY);
        new CountDownLatch(1).await();
    }
}
