package org.citybrain.api.subscription.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Infrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From what dispatch-service publishes on a real Kafka to the notices, their receipts, and those whom nobody could reach. */
class NoticeListenerTest {

    private static final Instant NOW = RunningApi.NOW;
    private static final String[] SETTINGS = {
        "city-brain.api.notice.listen=true",
        "city-brain.api.notice.sweep-every=50ms",
        "city-brain.api.notice.show-every=50ms"
    };

    private static KafkaProducer<String, byte[]> kafka;
    private static RunningApi api;

    @BeforeAll
    static void start() throws Exception {
        Map<String, Object> broker =
                Map.of("bootstrap.servers", Infrastructure.shared().kafkaBootstrapServers());
        try (Admin admin = Admin.create(broker)) {
            var there = admin.listTopics().names().get();
            admin.createTopics(List.of(Topics.INCIDENT_CHANGED, Topics.TASK_CHANGED).stream()
                            .filter(topic -> !there.contains(topic))
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        kafka = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
        api = RunningApi.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        api.close();
        kafka.close();
    }

    private final Stored stored = api.stored();

    @Test
    void whoever_asked_is_told_once_and_confirms_and_nobody_is_told_twice_by_a_second_instance_or_a_repeated_message() {
        begin();
        subscribe("{\"events\": [\"CLOSED\", \"GRADED_UP\", \"DISPATCHED_TO_UNIT\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).store();
        stored.event(incident, "GRADED", NOW, 1, null);
        long first = sequence(incident);
        try (RunningApi other = api.startAnother(SETTINGS)) {
            assertThat(other.get("/v1/notices").status()).isEqualTo(200);
            UUID own = UUID.randomUUID();
            UUID below = UUID.randomUUID();
            for (int time = 0; time < 2; time++) {
                line(incident, first + 1, "CLOSED");
                line(incident, first, "GRADED"); // as grave as before
                line(incident, first + 2, "KIND_OF_A_LATER_VERSION");
                task(incident, own, "50", 1, TaskStatus.DISPATCHED);
                task(incident, below, "500112", 1, TaskStatus.DISPATCHED);
                task(incident, own, "50", 2, TaskStatus.ACKNOWLEDGED);
            }
            kafka.send(
                    new org.apache.kafka.clients.producer.ProducerRecord<>(Topics.TASK_CHANGED, "x", new byte[] {1}));
            await().until(() -> events().size() >= 2);
            line(incident, first + 3, "CLOSED"); // of each partition something that comes after
            await().until(() -> events().size() == 3);
        }
        assertThat(events()).containsExactlyInAnyOrder("CLOSED", "CLOSED", "DISPATCHED_TO_UNIT");

        String id = api.get("/v1/notices?unread=true").items("id").getFirst();
        assertThat(api.post("/v1/notices/" + id + "/receipt", "{}").status()).isEqualTo(200);
        assertThat(api.post("/v1/notices/" + id + "/receipt", "{}").status()).isEqualTo(200);
        assertThat(api.get("/v1/notices?unread").items("id")).hasSize(2).doesNotContain(id);
        assertThat(receipts()).containsExactly("NOTIFIED");
        assertThat(api.post("/v1/notices/" + UUID.randomUUID() + "/receipt", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_live_notice_is_shown_once_on_the_page_that_is_open() throws Exception {
        begin();
        subscribe("{\"events\": [\"CLOSED\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).store();
        String token = Infrastructure.shared().issuer().token("city-operator", "50", "OPERATOR");
        HttpRequest request = HttpRequest.newBuilder(api.address().resolve("/v1/stream"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .build();
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpResponse<Stream<String>> page =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        Thread.ofVirtual().start(() -> page.body().forEach(lines::add));

        line(incident, 1, "CLOSED");
        line(incident, 2, "CLOSED");

        await().until(() -> Collections.frequency(lines, "event: notice") == 2);
        assertThat(lines).anyMatch(text -> text.startsWith("data: ") && text.contains(incident + ":2"));
        line(incident, 3, "CLOSED");
        await().until(() -> Collections.frequency(lines, "event: notice") == 3);
    }

    @Test
    void a_level_that_went_up_is_told() {
        begin();
        subscribe("{\"events\": [\"GRADED_UP\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).level("I").store();
        stored.event(incident, "OPENED", NOW, 1, null);
        stored.event(incident, "GRADED", NOW.plusSeconds(1), 2, null);
        stored.jdbc()
                .sql("update dispatch.incident_event set level = 'I' where incident_id = :id and kind = 'GRADED'")
                .param("id", incident)
                .update();

        line(incident, sequence(incident), "GRADED");

        await().until(() -> events().size() == 1);
        assertThat(api.get("/v1/notices")
                        .json()
                        .at("/items/0/content/incident/level")
                        .asString())
                .isEqualTo("I");
    }

    @Test
    void where_nobody_of_the_unit_is_reached_in_time_that_is_told_once_and_not_where_somebody_answered() {
        begin();
        subscribe("{\"events\": [\"DISPATCHED_TO_UNIT\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).store();
        UUID lost = task(incident, "50", 1, TaskStatus.DISPATCHED);
        UUID answered = task(incident, "50", 1, TaskStatus.DISPATCHED);
        await().until(() -> events().size() == 2);
        task(incident, answered, "50", 2, TaskStatus.ACKNOWLEDGED);
        await().until(() -> watched() == 1);
        assertThat(receipts()).isEmpty();

        api.clock().move(Duration.ofSeconds(61));

        await().until(() -> receipts().equals(List.of("UNREACHABLE")));
        assertThat(stored.jdbc()
                        .sql("select task_id from api.receipt")
                        .query(UUID.class)
                        .single())
                .isEqualTo(lost);
        assertThat(watched()).isZero();
    }

    @Test
    void where_somebody_confirmed_nobody_is_missed() {
        begin();
        subscribe("{\"events\": [\"DISPATCHED_TO_UNIT\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).store();
        task(incident, "50", 1, TaskStatus.DISPATCHED);
        await().until(() -> events().size() == 1);
        api.post("/v1/notices/" + api.get("/v1/notices").items("id").getFirst() + "/receipt", "{}");

        api.clock().move(Duration.ofMinutes(6));

        await().until(() -> watched() == 0);
        assertThat(receipts()).containsExactly("NOTIFIED");
    }

    @Test
    void a_task_that_is_dispatched_again_is_told_and_watched_again() {
        begin();
        subscribe("{\"events\": [\"DISPATCHED_TO_UNIT\"], \"channel\": \"LIVE\"}");
        UUID incident = stored.incident(NOW).store();
        UUID task = task(incident, "50", 1, TaskStatus.DISPATCHED);
        await().until(() -> events().size() == 1);
        api.post("/v1/notices/" + api.get("/v1/notices").items("id").getFirst() + "/receipt", "{}");
        task(incident, task, "50", 2, TaskStatus.COMPLETED);
        await().until(() -> watched() == 0);

        task(incident, task, "50", 3, TaskStatus.DISPATCHED);
        task(
                incident,
                task,
                "50",
                4,
                TaskStatus.DISPATCHED,
                api.clock().instant().minusSeconds(1));
        task(incident, task, "50", 3, TaskStatus.DISPATCHED);
        UUID other = task(incident, "50", 1, TaskStatus.DISPATCHED);
        await().until(() -> events().size() == 3);

        assertThat(stored.jdbc()
                        .sql("select event_id from api.notice order by id")
                        .query(String.class)
                        .list())
                .as("its deadline was tightened in version 4, which is no dispatch")
                .containsExactlyInAnyOrder(task + ":dispatched", task + ":dispatched:3", other + ":dispatched");
        assertThat(watched()).isEqualTo(2);
        api.clock().move(Duration.ofSeconds(61));
        await().until(() -> receipts().equals(List.of("NOTIFIED", "UNREACHABLE", "UNREACHABLE")));
    }

    /** The offsets stay: this database has read the topics up to here. */
    private void begin() {
        stored.nothing();
    }

    private static void subscribe(String request) {
        RunningApi.Answer answer = api.post(
                "/v1/subscriptions",
                request,
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void line(UUID incident, long sequence, String kind) {
        send(
                Topics.INCIDENT_CHANGED,
                incident.toString(),
                incident + ":" + sequence,
                Map.of(
                        "incidentId",
                        incident,
                        "sequence",
                        sequence,
                        "kind",
                        kind,
                        "recordedAt",
                        api.clock().instant(),
                        "actor",
                        "person:somebody",
                        "detail",
                        Map.of("reason", "for a test")));
    }

    private static UUID task(UUID incident, String unit, int version, TaskStatus status) {
        UUID id = UUID.randomUUID();
        task(incident, id, unit, version, status);
        return id;
    }

    private static void task(UUID incident, UUID id, String unit, int version, TaskStatus status) {
        task(incident, id, unit, version, status, api.clock().instant());
    }

    private static void task(
            UUID incident, UUID id, String unit, int version, TaskStatus status, Instant dispatchedAt) {
        send(
                Topics.TASK_CHANGED,
                unit,
                id + ":" + version,
                new TaskChanged(
                        id,
                        incident,
                        version,
                        1,
                        Tier.CITY,
                        unit,
                        TaskRole.COMMAND,
                        status,
                        dispatchedAt,
                        api.clock().instant().plusSeconds(180),
                        null,
                        false,
                        null,
                        null));
    }

    private static void send(String topic, String key, String id, Object message) {
        kafka.send(MessageEnvelope.record(
                topic, key, id, "/dispatch-service", api.clock().instant(), null, message));
        kafka.flush();
    }

    private long sequence(UUID incident) {
        return stored.jdbc()
                .sql("select max(sequence) from dispatch.incident_event where incident_id = :id")
                .param("id", incident)
                .query(Long.class)
                .single();
    }

    private static List<String> events() {
        return api.get("/v1/notices").items("event");
    }

    private List<String> receipts() {
        return stored.jdbc()
                .sql("select kind from api.receipt order by sequence")
                .query(String.class)
                .list();
    }

    private int watched() {
        return stored.jdbc()
                .sql("select count(*) from api.reach_watch")
                .query(Integer.class)
                .single();
    }
}
