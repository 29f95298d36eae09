package org.citybrain.dispatch.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The listener itself, on real Kafka and PostGIS. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {"spring.config.name=dispatch-service", "city-brain.dispatch.consumer-group=report-listener-test"},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ReportListenerTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private ReportsUnderWay reportsUnderWay;

    @Autowired
    private KafkaListenerEndpointRegistry listeners;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city_and_the_topic() throws Exception {
        SquareCity.build(DATABASE.administratorDataSource());
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()))) {
            if (!admin.listTopics().names().get().contains(Topics.REPORT_RECEIVED)) {
                admin.createTopics(List.of(new NewTopic(Topics.REPORT_RECEIVED, 3, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    @Test
    void a_batch_whose_commit_was_lost_is_read_again_though_nothing_more_comes() {
        UUID reportId = UUID.randomUUID();
        send(report().id(reportId).people(640).toSend());
        await().atMost(PATIENCE).until(() -> isOpened(reportId));

        // What a crash of the database does to a commit that had not reached the disk: rows and offsets are gone
        // together.
        ADMINISTRATOR.sql("""
                        begin;
                        truncate dispatch.report_key, dispatch.report, dispatch.incident, dispatch.task, dispatch.incident_event,
                                 dispatch.batch_outcome;
                        update dispatch.consumed_partition set next_offset = 0;
                        commit;
                        """).update();

        await().atMost(PATIENCE).until(() -> isOpened(reportId));
        assertThat(reportsUnderWay.time()).as("what sweeps look at").isPositive();
    }

    /** What a factory's container properties say of the consumer is not handed on to its containers. */
    @Test
    void reports_wait_for_company_in_every_consumer() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listeners.getListenerContainer(ReportListener.ID))
                        .isInstanceOfSatisfying(
                                ConcurrentMessageListenerContainer.class,
                                reports -> assertThat(reports.getContainers())
                                        .hasSize(2)
                                        .allSatisfy(each -> assertThat(((MessageListenerContainer) each)
                                                        .getContainerProperties()
                                                        .getKafkaConsumerProperties())
                                                .containsEntry("fetch.min.bytes", "65536")
                                                .containsEntry("fetch.max.wait.ms", "100"))));
    }

    private static boolean isOpened(UUID reportId) {
        return ADMINISTRATOR
                        .sql("select count(*) from dispatch.report where report_id = :id and outcome = 'OPENED'")
                        .param("id", reportId)
                        .query(Long.class)
                        .single()
                == 1;
    }

    private static void send(ProducerRecord<String, byte[]> record) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record);
        }
    }
}
