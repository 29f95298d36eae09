package org.citybrain.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.bench.Audience;
import org.citybrain.local.bench.LiveHeap;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.testing.TokenIssuer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Five hundred screens of the whole chain follow the live stream of one city-brain-api while 200 reports a second come in. */
@Tag("stream")
class StreamReadersIT {

    private static final int REPORTS_A_SECOND = 200;
    private static final int SECONDS = 45;
    /** Of all objects that live, with every reader connected: of a process that may have 256 MB. */
    private static final long LARGEST_HEAP_BYTES = 180L << 20;

    /** As in a storm: most reports are of matters that are open already. */
    private static final List<String> TYPES = List.of("flood.waterlogging", "power.outage");

    /** The timeline of what a unit's people see by now, in order. What was opened in the unit they have seen from its first line on. */
    private static final String SEEN = """
            select e.transaction_id::text || '.' || e.sequence as id, e.incident_id, starts_with(i.grid_code, :unit) as from_the_first
            from dispatch.incident_event e join dispatch.incident i on i.id = e.incident_id
            where e.kind <> 'NOTIFIED' and i.visible_to @> array[:unit::text]
            order by e.transaction_id, e.sequence
            """;

    private final Random random = new Random(9);

    @TempDir
    Path folder;

    @Test
    void none_misses_or_repeats_a_line_and_who_does_not_read_is_cut_off_alone() throws Exception {
        try (var city = new SharedCity(folder);
                CityClient client = city.client();
                TokenIssuer issuer = TokenIssuer.start();
                HttpClient http = HttpClient.newHttpClient();
                // Or the client would wait for streams that do not end.
                AutoCloseable _ = http::shutdownNow) {
            city.startDispatcher(Ports.findFree());
            int port = Ports.findFree();
            ServiceProcess api = city.startFrontDoor(port, issuer.url());
            URI address = URI.create(LocalPorts.url(port));
            List<Place> places = client.listGrids();
            long heapBefore = LiveHeap.bytes(api.pid());

            List<StreamReader> readers = openAll(http, address, issuer, places);
            try (Socket silent = openAndNeverRead(port, issuer.token("silent", "50", "OPERATOR"))) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> readers.stream().allMatch(StreamReader::hasBegun));
                post(client, places);
                SettledLedger.await(client);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() ->
                                metric(http, address, issuer, "citybrain_api_stream_ended_total", "TOO_SLOW") == 1);
                assertThat(silent.isConnected()).isTrue();
            }

            JdbcClient database = JdbcClient.create(city.database().administratorDataSource());
            Map<String, List<Line>> seen = readers.stream()
                    .map(StreamReader::unit)
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), unit -> seen(database, unit)));
            assertThat(seen.get("50")).hasSizeGreaterThanOrEqualTo(REPORTS_A_SECOND * SECONDS);
            for (StreamReader reader : readers) {
                List<Line> timeline = seen.get(reader.unit());
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> reader.hasEnded()
                                || reader.lines().contains(timeline.getLast().id()));
                assertThat(reader.ending())
                        .as("why a reader of %s was told no more", reader.unit())
                        .isEmpty();
                assertThat(reader.lines())
                        .as("what a reader of %s was told", reader.unit())
                        .isEqualTo(due(timeline, reader.lines()));
                assertThat(new HashSet<>(reader.ids())).hasSameSizeAs(reader.ids());
            }
            long heap = LiveHeap.bytes(api.pid());
            assertThat(heap).isLessThan(LARGEST_HEAP_BYTES);
            tell(heapBefore, heap, readers, metric(http, address, issuer, "citybrain_api_stream_lag_seconds", ""));
        }
    }

    private static List<Line> seen(JdbcClient database, String unit) {
        return database.sql(SEEN)
                .param("unit", unit)
                .query((row, i) -> new Line(
                        row.getString("id"),
                        row.getObject("incident_id", UUID.class),
                        row.getBoolean("from_the_first")))
                .list();
    }

    /**
     * What a reader was to be told: of what was opened in the unit all, and of what came over its border later each line since, so at
     * least the last.
     */
    private static List<String> due(List<Line> timeline, List<String> told) {
        Set<String> toldLines = new HashSet<>(told);
        Map<UUID, String> last = new HashMap<>();
        timeline.forEach(line -> last.put(line.incident(), line.id()));
        Set<UUID> begun = new HashSet<>();
        List<String> due = new ArrayList<>();
        for (Line line : timeline) {
            boolean isLast = line.id().equals(last.get(line.incident()));
            if (line.fromTheFirst() || isLast || toldLines.contains(line.id())) {
                begun.add(line.incident());
            }
            if (begun.contains(line.incident())) {
                due.add(line.id());
            }
        }
        return due;
    }

    private static List<StreamReader> openAll(HttpClient http, URI api, TokenIssuer issuer, List<Place> places)
            throws IOException, InterruptedException {
        List<StreamReader> readers = new ArrayList<>();
        for (String unit : Audience.units(places)) {
            readers.add(StreamReader.open(http, api, issuer.token("reader-" + readers.size(), unit, "OPERATOR"), unit));
        }
        return readers;
    }

    /** A line so narrow that what is sent soon waits at the sender. */
    private static Socket openAndNeverRead(int port, String token) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** So many each second, in one batch each, over the whole city. */
    private void post(CityClient client, List<Place> places) throws Exception {
        AtomicInteger posted = new AtomicInteger();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> ticking = clock.scheduleAtFixedRate(
                    () -> {
                        if (posted.get() < SECONDS) {
                            postBatch(client, places);
                            posted.incrementAndGet();
                        }
                    },
                    0,
                    1,
                    TimeUnit.SECONDS);
            await().atMost(Duration.ofMinutes(5)).until(() -> posted.get() == SECONDS || ticking.isDone());
            assertThat(posted).hasValue(SECONDS);
        }
    }

    private void postBatch(CityClient client, List<Place> places) {
        List<String> reports = Stream.generate(() -> ReportLines.byWorker(
                                new UUID(random.nextLong(), random.nextLong()),
                                TYPES.get(random.nextInt(TYPES.size())),
                                places.get(random.nextInt(places.size())),
                                1L + random.nextInt(90))
                        .toString())
                .limit(REPORTS_A_SECOND)
                .toList();
        try {
            assertThat(client.postBatch(reports).get("accepted").asInt()).isEqualTo(REPORTS_A_SECOND);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static double metric(HttpClient http, URI api, TokenIssuer issuer, String name, String tag)
            throws IOException, InterruptedException {
        HttpResponse<String> metrics = http.send(
                HttpRequest.newBuilder(api.resolve("/actuator/prometheus"))
                        .header("Authorization", "Bearer " + issuer.token("admin", "50", "ADMIN"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void tell(long heapBefore, long heap, List<StreamReader> readers, double lag) throws IOException {
        long told = readers.stream().mapToLong(reader -> reader.ids().size()).sum();
        Files.writeString(
                Path.of("target", "proof-stream.txt"),
                "%d readers, %d reports a second for %d s: %,d events told, none missed, none twice; live heap %d MB with them, %d MB before; the last line was %.2f s old when it was handed on%n"
                        .formatted(readers.size(), REPORTS_A_SECOND, SECONDS, told, heap >> 20, heapBefore >> 20, lag));
    }

    /**
     * A line of the timeline.
     *
     * @param fromTheFirst whether the unit has seen the incident from its first line on
     */
    private record Line(String id, UUID incident, boolean fromTheFirst) {}
}
