package org.citybrain.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {

    @TempDir
    Path folder;

    final int port = Ports.findFree();
    final int controllerPort = Ports.findFree();
    LocalKafka kafka;

    @BeforeEach
    void start() {
        kafka = new LocalKafka(folder, port, controllerPort);
        kafka.start();
    }

    @AfterEach
    void stop() {
        kafka.stop();
    }

    @Test
    void topics_survive_a_restart() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();
        }

        kafka.stop();
        assertThat(kafka.isRunning()).isFalse();
        kafka.start();

        try (Admin admin = admin()) {
            assertThat(admin.describeTopics(List.of("kept"))
                            .allTopicNames()
                            .get()
                            .get("kept")
                            .partitions())
                    .hasSize(3);
        }
    }

    @Test
    void a_topic_that_nobody_created_is_not_made_by_writing_to_it() {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "2000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", "value"))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void no_address_but_the_loopback_answers() throws Exception {
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address :
                    network.inetAddresses().filter(a -> !a.isLoopbackAddress()).toList()) {
                assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
            }
        }
        connect(InetAddress.getLoopbackAddress());
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_mend() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var second = new LocalKafka(folder.resolve("second"), taken.getLocalPort(), Ports.findFree());

            assertThatThrownBy(second::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + ", wanted for Kafka, is taken");
        }
    }

    private void connect(InetAddress address) throws Exception {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(address, port), 2000);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
