package org.citybrain.api.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citybrain.api.running.RunningApi;
import org.citybrain.api.running.Stored;
import org.citybrain.testing.Infrastructure;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The stream over HTTP, on a running service, while the timeline grows. */
class StreamTest {

    private static final Instant OPENED = Instant.parse("2026-07-15T08:30:00Z");
    private static final TokenIssuer ISSUER = Infrastructure.shared().issuer();
    private static final String WORKER = ISSUER.token("grid-worker", Stored.GRID, "GRID_WORKER");
    private static final RunningApi API = RunningApi.start(
            "city-brain.api.stream.interval=20ms",
            "city-brain.api.stream.heartbeat=50ms",
            "city-brain.api.stream.of-person=3",
            "city-brain.api.stream.most-missed=4000");

    private final Stored stored = API.stored().nothing();
    private final JdbcClient jdbc = stored.jdbc();
    private final List<StreamClient> clients = new ArrayList<>();
    private UUID here = UUID.randomUUID();
    private UUID there = UUID.randomUUID();
    private UUID both = UUID.randomUUID();

    @BeforeEach
    void store() {
        here = stored.incident(OPENED).rest(1).store();
        there = stored.incident(OPENED).rest(2).grids(Stored.OTHER_GRID).store();
        both = stored.incident(OPENED)
                .rest(3)
                .grids(Stored.OTHER_GRID, Stored.GRID)
                .store();
    }

    @AfterEach
    void close() throws Exception {
        for (StreamClient client : clients) {
            client.close();
        }
        await().until(() -> API.get("/actuator/prometheus").text().contains("citybrain_api_stream_readers{")
                && API.get("/actuator/prometheus")
                        .text()
                        .lines()
                        .anyMatch(line -> line.matches("citybrain_api_stream_readers\\{.*} 0\\.0")));
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void while_hundreds_of_changes_flow_each_reader_gets_all_that_they_see_once_and_in_order() throws Exception {
        StreamClient city = open("city-operator", "50", "", "");
        StreamClient district = open("district-operator", "500112", "", "");
        StreamClient other = open("other-operator", "500117", "", "");
        StreamClient worker = open("grid-worker", Stored.GRID, "", "");
        awaitStart(city, district, other, worker);

        write(4, 100);

        List<String> all = lines(here, there, both);
        assertThat(all).hasSize(400);
        awaitLines(city, all);
        awaitLines(district, lines(here, both));
        awaitLines(other, lines(there, both));
        awaitLines(worker, lines(here, both));
    }

    @Test
    void who_comes_back_with_the_last_id_amid_the_flow_misses_nothing_and_gets_nothing_twice() throws Exception {
        StreamClient before = open("district-operator", "500112", "", "");
        awaitStart(before);
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<?> writing = pool.submit(() -> write(4, 100));
            await().until(() -> before.events("incident").size() > 20);
            before.close();
            await().until(before::hasEnded);
            String last = before.events("incident").getLast().id();
            StreamClient after = open("district-operator", "500112", "", last);
            writing.get();

            List<String> expected = lines(here, both);
            await().untilAsserted(() -> {
                List<String> met = new ArrayList<>(sequences(before));
                met.addAll(sequences(after));
                assertThat(met).isEqualTo(expected);
            });
            assertThat(after.events("start")).isEmpty();
        }
    }

    @Test
    void the_id_of_an_event_is_a_cursor_of_changes_and_the_other_way_round() {
        String begin = API.get("/v1/changes").json().get("nextCursor").asString();
        Stored.change(jdbc, here, "REGRADED", "{}");
        StreamClient client = open("city-operator", "50", "", begin);
        await().until(() -> client.events("incident").size() == 1);

        assertThat(API.get("/v1/changes?since="
                                + client.events("incident").getFirst().id())
                        .items("id"))
                .isEmpty();
        assertThat(API.get("/v1/changes?since=" + begin).items("id")).containsExactly(here.toString());
    }

    @Test
    void a_line_and_the_tasks_that_it_tells_of_are_events_of_their_own() {
        StreamClient client = open("grid-worker", Stored.GRID, "", "");
        awaitStart(client);
        UUID task = stored.task(here, Stored.GRID, "EXECUTE", "DISPATCHED", 1);
        Stored.change(jdbc, here, "DISPATCHED", Stored.told(task, 3, Stored.GRID, "DISPATCHED"));

        await().until(() -> client.events("task").size() == 1);
        StreamClient.Event line = client.events("incident").getFirst();
        assertThat(line.data().get("kind").asString()).isEqualTo("DISPATCHED");
        assertThat(line.data().get("number").asString()).startsWith("20260715-");
        StreamClient.Event told = client.events("task").getFirst();
        assertThat(told.data().get("id").asString()).isEqualTo(task.toString());
        assertThat(told.data().get("incidentId").asString()).isEqualTo(here.toString());

        StreamClient amid = open("grid-worker", Stored.GRID, "", line.id());
        await().until(() -> amid.events("task").size() == 1);
        assertThat(amid.events("incident")).isEmpty();
    }

    @Test
    void filters_leave_what_they_name() {
        StreamClient unit = open("one", "50", "?unit=500117", "");
        StreamClient kinds = open("two", "50", "?kinds=REGRADED,CONFIRMED", "");
        StreamClient type = open("three", "50", "?type=gas.leak", "");
        StreamClient level = open("four", "50", "?level=I&level=II", "");
        awaitStart(unit, kinds, type, level);
        Stored.change(jdbc, here, "REGRADED", "{}");
        Stored.change(jdbc, there, "GRADED", "{}");

        await().until(() -> level.events("incident").size() == 2
                && unit.events("incident").size() == 1
                && kinds.events("incident").size() == 1);
        assertThat(unit.events("incident").getFirst().data().get("id").asString())
                .isEqualTo(there.toString());
        assertThat(kinds.events("incident").getFirst().data().get("id").asString())
                .isEqualTo(here.toString());
        assertThat(type.events("incident")).isEmpty();
    }

    @Test
    void a_silent_stream_says_that_it_is_alive() {
        StreamClient client = open("city-operator", "50", "", "");

        await().until(() -> client.events("alive").size() > 2);
        assertThat(client.events("alive"))
                .as("goes on from where it began")
                .allSatisfy(alive -> assertThat(alive.id())
                        .isEqualTo(client.events("start").getFirst().id()));
        assertThat(client.header("Content-Type")).startsWith("text/event-stream");
        assertThat(client.header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void the_stream_ends_with_the_token() {
        String ending = ISSUER.sign(ISSUER.claims("city-operator", "50", "OPERATOR")
                .issueTime(Date.from(RunningApi.NOW.minusSeconds(60)))
                .expirationTime(Date.from(RunningApi.NOW.minusSeconds(5))) // within what clocks may differ
                .build());
        StreamClient client = StreamClient.open(API.address(), ending, "", "");
        clients.add(client);

        await().until(client::hasEnded);
        assertThat(client.events().getLast().name()).isEqualTo("end");
        assertThat(client.events().getLast().data().get("reason").asString()).isEqualTo("TOKEN_EXPIRED");
    }

    @Test
    void one_person_has_only_so_many_streams() {
        for (int i = 0; i < 3; i++) {
            assertThat(open("grid-worker", Stored.GRID, "", "").status()).isEqualTo(200);
        }

        StreamClient fourth = open("grid-worker", Stored.GRID, "", "");
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.header("Content-Type")).startsWith("application/problem+json");
        assertThat(open("somebody-else", Stored.GRID, "", "").status()).isEqualTo(200);
    }

    @Test
    void who_has_missed_too_much_is_told_to_read_anew_and_goes_on_from_there() {
        String begin = cursor(WORKER);
        jdbc.sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_after,
                            commanding_unit, report_count, people_affected, area_km2, detail)
                        select :id, '2026-07-15T10:20:30Z', 'MERGED', 2, 'rule:correlation@1', 'DISPATCHED', '50', n, 640, 0.05, '{}'
                        from generate_series(1, 8001) n
                        """).param("id", there).update();
        StreamClient client = open("grid-worker", Stored.GRID, "", begin);
        await().until(() -> client.events("resync").size() == 1);
        Stored.change(jdbc, here, "REGRADED", "{}");

        await().until(() -> client.events("incident").size() == 1);
        String weekAgo = Long.toString(RunningApi.NOW.getEpochSecond() - 7 * 86_400 - 1);
        StreamClient old = open(
                "grid-worker", Stored.GRID, "", begin.replaceFirst("\\.[0-9]+(\\.[0-9a-f]+)$", "." + weekAgo + "$1"));
        await().until(() -> old.events("resync").size() == 1);
    }

    @Test
    void who_comes_back_with_an_id_of_another_unit_is_told_to_read_anew() {
        String begin = cursor(WORKER);
        StreamClient moved = open("grid-worker", Stored.OTHER_GRID, "", begin);
        await().until(() -> moved.events("resync").size() == 1);

        String own = moved.events("resync").getFirst().id();
        StreamClient again = open("grid-worker", Stored.OTHER_GRID, "", own);
        Stored.change(jdbc, there, "REGRADED", "{}");
        await().until(() -> again.events("incident").size() == 1);
        assertThat(again.events("resync")).isEmpty();
    }

    @Test
    void receipts_come_to_who_asks_for_them_only() {
        StreamClient all = open("one", "50", "", "");
        StreamClient receipts = open("two", "50", "?kinds=NOTIFIED", "");
        awaitStart(all, receipts);
        stored.event(here, "NOTIFIED", OPENED, 2, UUID.randomUUID());
        Stored.change(jdbc, here, "REGRADED", "{}");

        await().until(() -> !all.events("incident").isEmpty()
                && !receipts.events("incident").isEmpty());
        assertThat(all.events("incident"))
                .extracting(event -> event.data().get("kind").asString())
                .containsExactly("REGRADED");
        assertThat(receipts.events("incident"))
                .extracting(event -> event.data().get("kind").asString())
                .containsExactly("NOTIFIED");
    }

    @Test
    void a_service_that_stops_ends_its_streams_first() {
        StreamClient client;
        try (RunningApi stopping = RunningApi.start()) {
            stopping.stored().nothing();
            client = StreamClient.open(stopping.address(), ISSUER.token("city-operator", "50", "OPERATOR"), "", "");
            awaitStart(client);
        }

        await().until(client::hasEnded);
        assertThat(client.events().getLast().data().toString()).isEqualTo("{\"reason\":\"SHUTTING_DOWN\"}");
    }

    @Test
    void a_bad_filter_or_id_is_refused() {
        for (String query : List.of("?level=V", "?unit=5", "?kinds=DANCED", "?type=")) {
            assertThat(API.get("/v1/stream" + query).reason()).isEqualTo("BAD_PARAMETER");
        }
        assertThat(API.get("/v1/stream?since=1").reason()).isEqualTo("UNKNOWN_PARAMETER");
        assertThat(API.get("/v1/stream", "Last-Event-ID", "seventeen").reason()).isEqualTo("BAD_PARAMETER");
    }

    private static String cursor(String token) {
        return API.getAs(token, "/v1/changes").json().get("nextCursor").asString();
    }

    private StreamClient open(String name, String unit, String query, String lastId) {
        StreamClient client = StreamClient.open(API.address(), ISSUER.token(name, unit, "OPERATOR"), query, lastId);
        clients.add(client);
        return client;
    }

    private static void awaitStart(StreamClient... opened) {
        for (StreamClient client : opened) {
            await().untilAsserted(() ->
                    assertThat(client.events("start")).as(client::toString).hasSize(1));
        }
    }

    private static void awaitLines(StreamClient client, List<String> expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sequences(client)).isEqualTo(expected));
    }

    private static List<String> sequences(StreamClient client) {
        return client.events("incident").stream()
                .map(event -> event.id().split("\\.")[1])
                .toList();
    }

    /** The sequences of these incidents' lines, in the order in which they count. */
    private List<String> lines(UUID... incidents) {
        return jdbc.sql("""
                        select sequence::text from dispatch.incident_event where incident_id = any(:ids)
                        order by transaction_id, incident_event.sequence
                        """).param("ids", incidents).query(String.class).list();
    }

    private void write(int writers, int changes) {
        List<UUID> incidents = List.of(here, there, both);
        try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
            for (int w = 0; w < writers; w++) {
                Random random = new Random(w);
                pool.submit(() -> {
                    var connection = new SingleConnectionDataSource(
                            API.database().jdbcUrl(),
                            API.database().administrator(),
                            API.database().administratorPassword(),
                            true);
                    JdbcClient own = JdbcClient.create(connection);
                    for (int i = 0; i < changes; i++) {
                        Stored.change(own, incidents.get(random.nextInt(incidents.size())), "REGRADED", "{}");
                    }
                    connection.destroy();
                });
            }
        }
    }
}
