package org.citybrain.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/integrators.md promises, on a real broker with the very settings and commands that it shows. */
class IntegratorsOfKafkaTest {

    private static final List<String> PUBLISHED = List.of(
            "citybrain.incident-changed.v1", "citybrain.task-changed.v1", "citybrain.governance-map-changed.v1");
    private static final List<String> OURS =
            List.of("citybrain.report-received.v1", "citybrain.report-rejected.v1", "citybrain.audit-anchor.v1");
    private static final String PASSWORD = "rain-and-wind";

    @TempDir
    static Path folder;

    static GuardedKafka kafka;

    @BeforeAll
    static void a_broker_that_knows_an_integrator_and_a_service() throws Exception {
        kafka = new GuardedKafka(folder.resolve("kafka"));
        List<String> topics = Stream.concat(PUBLISHED.stream(), OURS.stream()).toList();
        try (Admin admin = Admin.create(kafka.superUser())) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "dispatch-service", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 8192), PASSWORD)))
                    .all()
                    .get();
        }
        for (String topic : topics) {
            write(kafka.superUser(), topic, "of " + topic);
        }
        installKafkasCommands();
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        run("allow-integrator.sh", "weather", password.toString());
        run("allow-services.sh");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "citybrain.incident-changed.v1",
                "citybrain.task-changed.v1",
                "citybrain.governance-map-changed.v1"
            })
    void an_integrator_reads_what_is_published(String topic) {
        assertThat(readFirst(weather(), "weather.main", topic)).isEqualTo("of " + topic);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"citybrain.report-received.v1", "citybrain.report-rejected.v1", "citybrain.audit-anchor.v1"})
    void an_integrator_is_refused_reports_and_the_audit_trails_anchors(String topic) {
        assertThatThrownBy(() -> readFirst(weather(), "weather.main", topic))
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void an_integrator_does_not_even_see_what_else_is_there() throws Exception {
        try (Admin admin = Admin.create(weather())) {
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrderElementsOf(PUBLISHED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"citybrain.incident-changed.v1", "citybrain.report-received.v1"})
    void an_integrator_writes_nothing(String topic) {
        assertThatThrownBy(() -> write(weather(), topic, "forged")).hasCauseInstanceOf(AuthorizationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dispatch-service", "weatherman.main"})
    void an_integrator_joins_no_group_of_another(String group) {
        assertThatThrownBy(() -> readFirst(weather(), group, PUBLISHED.getFirst()))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThatThrownBy(() -> readFirst(kafka.client("weather", "guessed"), "weather.main", PUBLISHED.getFirst()))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void a_service_writes_what_is_its_own() throws Exception {
        write(kafka.client("dispatch-service", PASSWORD), "citybrain.incident-changed.v1", "of its own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"citybrain.report-received.v1", "citybrain.audit-anchor.v1"})
    void a_service_does_not_write_what_is_anothers(String topic) {
        assertThatThrownBy(() -> write(kafka.client("dispatch-service", PASSWORD), topic, "forged"))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    private static Map<String, Object> weather() {
        return kafka.client("weather", PASSWORD);
    }

    private static String readFirst(Map<String, Object> client, String group, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var records = consumer.poll(Duration.ofSeconds(1));
            for (int i = 0; i < 60 && records.isEmpty(); i++) {
                records = consumer.poll(Duration.ofSeconds(1));
            }
            return records.iterator().next().value();
        }
    }

    private static void write(Map<String, Object> client, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    /** The commands of Kafka's distribution, by the classes behind them. */
    private static void installKafkasCommands() throws IOException {
        install("kafka-acls.sh", "org.apache.kafka.tools.AclCommand");
        install("kafka-configs.sh", "kafka.admin.ConfigCommand");
        Files.write(
                folder.resolve("admin.properties"),
                kafka.superUser().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    private static void install(String command, String mainClass) throws IOException {
        Path script = Files.writeString(folder.resolve(command), """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$@"
                """.formatted(
                        System.getProperty("java.home"), System.getProperty("java.class.path"), mainClass));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static void run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(GuardedKafka.DOCS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", folder.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("KAFKA", kafka.address());
        builder.environment()
                .put("KAFKA_ADMIN", folder.resolve("admin.properties").toString());
        assertThat(builder.start().waitFor()).as(Files.readString(output)).isZero();
    }
}
