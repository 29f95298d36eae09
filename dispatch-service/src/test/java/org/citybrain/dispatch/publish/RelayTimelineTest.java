package org.citybrain.dispatch.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citybrain.dispatch.ReportBuilder.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.citybrain.dispatch.DispatchApplication;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.KeptPlan;
import org.citybrain.dispatch.SquareCity;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.citybrain.testing.Database;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the relay publishes, and when, on real PostGIS and Kafka; it is run by the test, not by the clock. */
@SpringBootTest(
        classes = DispatchApplication.class,
        properties = {
            "spring.config.name=dispatch-service",
            "city-brain.dispatch.auto-start=false",
            "city-brain.dispatch.relay-interval=1h",
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class RelayTimelineTest {

    private static final Database DATABASE = Infrastructure.shared().newDatabase();
    private static final JdbcClient ADMINISTRATOR = JdbcClient.create(DATABASE.administratorDataSource());
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    @Autowired
    private RelayTimeline relay;

    @Autowired
    private DispatchPipeline pipeline;

    @Autowired
    private ReadReports readReports;

    @Autowired
    private StoredOffsets storedOffsets;

    @Autowired
    private CurrentMap currentMap;

    private static long nextOffset;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Infrastructure.shared().environment(DATABASE).forEach((name, value) -> registry.add(name, () -> value));
    }

    @BeforeAll
    static void build_the_city() {
        SquareCity.build(DATABASE.administratorDataSource());
    }

    @BeforeEach
    void begin() {
        currentMap.renew();
        storedOffsets.findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
    }

    /** Planned in an empty month, as every one begins, and kept while it fills. */
    @Test
    void lines_are_read_in_their_order_and_the_incident_of_each_by_its_id() throws SQLException {
        Database empty = Infrastructure.shared().newDatabase();
        JdbcClient.create(empty.administratorDataSource()).sql("analyze").update();

        assertThat(KeptPlan.explain(
                        empty,
                        "text, bigint, integer",
                        PostgresTimeline.NEXT
                                .replace(":transaction_id::", "$1::")
                                .replace(":sequence", "$2")
                                .replace(":most", "$3"),
                        "'3', 0, 1000"))
                .noneMatch(line -> line.contains("Hash") || line.contains("Merge Join") || line.contains("Sort  "))
                .filteredOn(line -> line.contains("Scan"))
                .isNotEmpty()
                .allMatch(line -> line.contains("_pkey") || line.contains("_transaction_id_sequence_idx"));
    }

    @Test
    void every_line_is_published_with_the_incidents_state_its_tasks_and_the_reports_trace() {
        UUID reportId = UUID.randomUUID();
        process(report().id(reportId).inGrid(3).people(640).trace("00-" + TRACE_ID + "-00f067aa0ba902b7-01"));
        relay.relay();

        List<ConsumerRecord<String, byte[]>> records =
                published(Topics.INCIDENT_CHANGED, incidentOf(reportId).toString());
        assertThat(records)
                .extracting(
                        r -> read(r).kind().name() + " " + read(r).incident().version() + " "
                                + read(r).incident().level())
                .containsExactly("OPENED 1 II", "GRADED 1 II", "DISPATCHED 1 II");
        assertThat(records).allSatisfy(r -> {
            assertThat(header(r, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(r, "ce_type")).isEqualTo(Topics.INCIDENT_CHANGED);
            assertThat(header(r, "ce_traceparent")).contains(TRACE_ID);
            assertThat(read(r).incident().commandingUnit()).isEqualTo("50");
        });
        List<TaskChanged> tasks = published(Topics.TASK_CHANGED, null).stream()
                .map(r -> MessageEnvelope.read(r, TaskChanged.class))
                .filter(task -> task.incidentId().equals(incidentOf(reportId)))
                .toList();
        assertThat(tasks)
                .extracting(TaskChanged::unitCode)
                .hasSize(5)
                .contains("50", SquareCity.grids().get(3));
    }

    @Test
    void what_is_published_again_has_the_same_ids() {
        UUID reportId = UUID.randomUUID();
        process(report().id(reportId).inGrid(6).people(640));
        relay.relay();
        ADMINISTRATOR
                .sql("update dispatch.relay_position set transaction_id = '0', sequence = 0")
                .update();
        relay.forget();
        relay.relay();

        List<String> ids = published(
                        Topics.INCIDENT_CHANGED, incidentOf(reportId).toString())
                .stream()
                .map(r -> header(r, "ce_id"))
                .toList();
        assertThat(ids).hasSize(6);
        assertThat(ids.subList(3, 6)).isEqualTo(ids.subList(0, 3));
    }

    @Test
    void of_two_transactions_on_one_incident_the_one_that_waits_is_published_after_the_other() throws Exception {
        UUID reportId = UUID.randomUUID();
        process(report().id(reportId).inGrid(9).people(20));
        relay.relay();
        UUID incident = incidentOf(reportId);

        try (Connection first = DATABASE.dataSource(ServiceLogin.DISPATCH).getConnection()) {
            // A command that holds the incident's lock, and draws its transaction id late.
            first.setAutoCommit(false);
            lock(first, incident);
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> process(report().inGrid(9).people(640)));
            await_a_waiting_lock();
            insertLine(first, incident, 2);
            relay.relay();
            assertThat(versions(incident))
                    .as("nothing of an open transaction is published")
                    .containsExactly(1, 1, 1);
            first.commit();
            second.get(30, TimeUnit.SECONDS);
        }
        relay.relay();

        assertThat(versions(incident)).isSorted().hasSizeGreaterThan(4);
    }

    @Test
    void nothing_is_published_while_an_older_transaction_could_still_add_a_line() throws Exception {
        UUID reportId = UUID.randomUUID();
        try (Connection older = DATABASE.dataSource(ServiceLogin.DISPATCH).getConnection()) {
            older.setAutoCommit(false);
            try (var statement = older.createStatement()) {
                statement.execute("select pg_current_xact_id()");
            }
            process(report().id(reportId).inGrid(12).people(640));
            relay.relay();
            assertThat(versions(incidentOf(reportId))).isEmpty();
            older.rollback();
        }
        relay.relay();
        assertThat(versions(incidentOf(reportId))).containsExactly(1, 1, 1);
    }

    private static void lock(Connection connection, UUID incident) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(
                    1, (incident.getMostSignificantBits() ^ incident.getLeastSignificantBits()) | Long.MIN_VALUE);
            statement.execute();
        }
    }

    private static void insertLine(Connection connection, UUID incident, int version) throws SQLException {
        try (var statement = connection.prepareStatement("""
                with changed as (
                    update dispatch.incident set version = ? where id = ? returning *)
                insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_before, status_after,
                                                     level, commanding_unit, report_count, people_affected, area_km2, detail)
                select id, now(), 'GRADED', version, 'test', status, status, level, commanding_unit, report_count, people_affected, area_km2,
                       '{}' from changed
                """)) {
            statement.setInt(1, version);
            statement.setObject(2, incident);
            statement.execute();
        }
    }

    private static void await_a_waiting_lock() {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ADMINISTRATOR
                                .sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                                .query(Long.class)
                                .single()
                        > 0);
    }

    private void process(org.citybrain.dispatch.ReportBuilder builder) {
        pipeline.process(List.of(readReports.read(builder.polled(0, nextOffset++))));
    }

    private static UUID incidentOf(UUID reportId) {
        return ADMINISTRATOR
                .sql("select incident_id from dispatch.report where report_id = :id")
                .param("id", reportId)
                .query(UUID.class)
                .single();
    }

    private static List<Integer> versions(UUID incident) {
        return published(Topics.INCIDENT_CHANGED, incident.toString()).stream()
                .map(r -> read(r).incident().version())
                .toList();
    }

    private static IncidentChanged read(ConsumerRecord<String, byte[]> record) {
        return MessageEnvelope.read(record, IncidentChanged.class);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value());
    }

    /** All that lies on a topic under a key, from the beginning to the end that it has now. */
    private static List<ConsumerRecord<String, byte[]>> published(String topic, String key) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(r -> {
                    if (key == null || key.equals(r.key())) {
                        records.add(r);
                    }
                });
            }
        }
        return records;
    }
}
