package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.bench.DecidedBatches.Batch;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code ./city-brain bench growth}: how fast the product's writer writes batches into a database with millions of stored incidents, in turns with the
 * same batches into one with none, of the same server; and what the API's queries take at that size. Of the system that is up, dispatch-service does nothing by
 * itself.
 */
public final class GrowthBench {

    private static final String EMPTY_DATABASE = "bench_none";
    private static final int CONNECTIONS = MadeUpBatches.PARTITIONS;
    private static final int ASKED = 40;
    private static final int ASKED_TO_WARM_UP = 10;
    private static final double GOAL_MILLIS = 50;
    private static final String READER = "city-operator";
    private static final String DISTRICT_READER = "district-operator";
    private static final String GRID_READER = "grid-worker";

    /** What was written is dealt with before the next round: it takes in nothing, and the same matters can be reported again. */
    private static final String CLOSE = """
            update dispatch.incident set status = 'CLOSED', closed_at = opened_at
            where closed_at is null and id >= dispatch.lowest_id_at(timestamptz ':began');
            update dispatch.task set status = 'COMPLETED'
            where incident_id >= dispatch.lowest_id_at(timestamptz ':began')
            """;

    private static final String BACK = "update dispatch.consumed_partition set next_offset = 0";

    private static final String EXPLAIN = """
            alter role city_brain_api set session_preload_libraries = 'auto_explain';
            alter role city_brain_api set auto_explain.log_min_duration = 0;
            alter role city_brain_api set auto_explain.log_analyze = on;
            select pg_terminate_backend(pid) from pg_stat_activity where usename = 'city_brain_api'
            """;

    private static final String DO_NOT_EXPLAIN = """
            alter role city_brain_api reset session_preload_libraries;
            alter role city_brain_api reset auto_explain.log_min_duration;
            alter role city_brain_api reset auto_explain.log_analyze;
            select pg_terminate_backend(pid) from pg_stat_activity where usename = 'city_brain_api'
            """;

    private final BenchSystem system;
    private final Rounds rounds;
    private final int incidents;
    private final int reports;
    private final Instant began = Instant.now().minusSeconds(60);

    private GrowthBench(BenchSystem system, Rounds rounds, int incidents, int reports) {
        this.system = system;
        this.rounds = rounds;
        this.incidents = incidents;
        this.reports = reports;
    }

    /** {@code FOLDER PORT_BASE [--quick]} of a system that is up, with a dispatch-service that does nothing by itself. */
    public static void main(String[] arguments) throws Exception {
        BenchLog.quieten();
        boolean isQuick = arguments.length > 2 && arguments[2].equals("--quick");
        BenchSystem system = new BenchSystem(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])));
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        Rounds rounds = new Rounds(
                isQuick ? Duration.ofSeconds(10) : Duration.ofSeconds(90), isQuick ? 5 : 7, Duration.ZERO, 0);
        GrowthBench bench = new GrowthBench(system, rounds, isQuick ? 200_000 : 5_000_000, isQuick ? 2_500 : 10_000);
        Findings findings = new Findings("growth");
        bench.measure(findings);
        findings.figure("machine", machine);
        findings.print();
    }

    private void measure(Findings findings) throws Exception {
        system.makeAnother(EMPTY_DATABASE);
        DecidedBatches decided = new DecidedBatches();
        try (ConfigurableApplicationContext filled = QuietDispatch.start(
                        system.url(BenchSystem.DATABASE), system.password(ServiceLogin.DISPATCH), decided::watch);
                ConfigurableApplicationContext empty = QuietDispatch.start(
                        system.url(EMPTY_DATABASE), system.password(ServiceLogin.DISPATCH), context -> {});
                Connection inFilled = system.connect(BenchSystem.DATABASE);
                Connection inEmpty = system.connect(EMPTY_DATABASE)) {
            filled.getBean(CurrentMap.class).renew();
            for (ConfigurableApplicationContext each : List.of(filled, empty)) {
                each.getBean(StoredOffsets.class)
                        .findOrBegin(Map.of(
                                new TopicPartition(Topics.REPORT_RECEIVED, 0),
                                0L,
                                new TopicPartition(Topics.REPORT_RECEIVED, 1),
                                0L));
            }
            List<Place> grids = MadeUpBatches.grids(inFilled);
            Writers writers = new Writers(new BatchWriter(filled), new BatchWriter(empty), inFilled, inEmpty);
            writeRound(decided, filled, grids, writers, 500);
            fill(inFilled, findings);
            compareWriting(decided, filled, grids, writers, findings);
            queries(inFilled, findings);
        }
    }

    private void fill(Connection inFilled, Findings findings) throws Exception {
        long before = System.nanoTime();
        new ManyIncidents(() -> system.connect(BenchSystem.DATABASE)).store(incidents);
        long stored = number(inFilled, "select count(*) from dispatch.incident");
        long bytes = number(inFilled, "select pg_database_size(current_database())");
        System.out.printf(
                Locale.ROOT,
                "%,d made-up incidents stored, with %,d tasks and %,d lines of the timeline, %.1f GB, in %.0f s.%n",
                stored,
                number(inFilled, "select count(*) from dispatch.task"),
                number(inFilled, "select count(*) from dispatch.incident_event"),
                bytes / 1e9,
                (System.nanoTime() - before) / 1e9);
        findings.figure("storedIncidents", stored);
        findings.figure("databaseGigabytes", bytes / 1e9);
    }

    private void compareWriting(
            DecidedBatches decided,
            ConfigurableApplicationContext dispatch,
            List<Place> grids,
            Writers writers,
            Findings findings)
            throws Exception {
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        do {
            writeRound(decided, dispatch, grids, writers, reports);
        } while (System.nanoTime() < warmUntil);
        double[] many = new double[rounds.count()];
        double[] none = new double[rounds.count()];
        System.out.printf("%n%-24s %20s %20s%n", "reports written a second", "with many stored", "with none");
        for (int i = 0; i < rounds.count(); i++) {
            double[] perSecond = writeRound(decided, dispatch, grids, writers, reports);
            many[i] = perSecond[0];
            none[i] = perSecond[1];
            System.out.printf(Locale.ROOT, "%-24d %,20.0f %,20.0f%n", i + 1, many[i], none[i]);
        }
        double ratio = Rounds.median(many) / Rounds.median(none);
        System.out.printf(
                Locale.ROOT,
                "%nMedians: with %,d stored incidents %,.0f reports a second, with none %,.0f: ratio %.2f (goal: at least 0.85).%n",
                incidents,
                Rounds.median(many),
                Rounds.median(none),
                ratio);
        findings.ratio("growth5m", ratio);
        findings.figure("writtenPerSecond", Rounds.median(many));
        findings.figure("writtenPerSecondWithNone", Rounds.median(none));
    }

    /** Reports a second: into the filled database, into the other. */
    private double[] writeRound(
            DecidedBatches decided,
            ConfigurableApplicationContext dispatch,
            List<Place> grids,
            Writers writers,
            int count)
            throws Exception {
        List<Batch> batches = decided.decide(dispatch, new MadeUpBatches(grids, count).next(count));
        double[] perSecond = new double[2];
        List<BatchWriter> each = List.of(writers.filled(), writers.empty());
        List<Connection> connections = List.of(writers.inFilled(), writers.inEmpty());
        for (int i = 0; i < each.size(); i++) {
            BatchWriter writer = each.get(i);
            long before = System.nanoTime();
            InParallel.run(CONNECTIONS, partition -> writer.write(batches, partition));
            perSecond[i] = count * 1e9 / (System.nanoTime() - before);
            try (Statement statement = connections.get(i).createStatement()) {
                statement.execute(CLOSE.replace(":began", began.toString()));
                statement.execute(BACK);
            }
        }
        return perSecond;
    }

    /** Each as a client would ask it, over HTTP; the slowest with the plans of its statements. */
    private void queries(Connection connection, Findings findings) throws Exception {
        Map<String, String> paths = paths(connection);
        Map<String, Object> medians = new LinkedHashMap<>();
        String slowest = "";
        double slowestMillis = 0;
        System.out.printf("%n%-78s %10s %10s%n", "GET, milliseconds of " + ASKED, "median", "most");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String reader : List.of(READER, DISTRICT_READER, GRID_READER)) {
                String token = FetchToken.fetch(system.folder(), system.ports(), reader);
                for (Map.Entry<String, String> path : paths.entrySet()) {
                    double[] millis = new double[ASKED];
                    for (int i = -ASKED_TO_WARM_UP; i < ASKED; i++) {
                        double took = ask(http, path.getValue(), token);
                        if (i >= 0) {
                            millis[i] = took;
                        }
                    }
                    double median = Rounds.median(millis);
                    String name = reader + ": " + path.getKey();
                    System.out.printf(Locale.ROOT, "%-78s %10.1f %10.1f%n", name, median, Rounds.most(millis));
                    medians.put(name, Math.round(median * 10) / 10.0);
                    if (median > slowestMillis) {
                        slowest = name;
                        slowestMillis = median;
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nThe slowest: %s, %.1f ms (goal: every one under %.0f ms). Its statements of the most time, as PostgreSQL ran them:%n%n",
                    slowest,
                    slowestMillis,
                    GOAL_MILLIS);
            String asked = slowest;
            String path = paths.get(asked.substring(asked.indexOf(": ") + 2));
            String token = FetchToken.fetch(system.folder(), system.ports(), asked.substring(0, asked.indexOf(": ")));
            if (path != null) {
                explain(connection, () -> ask(http, path, token));
            }
        }
        findings.figure("apiMedianMillis", medians);
        findings.figure("slowestQuery", (Object) slowest);
        findings.figure("slowestQueryMillis", slowestMillis);
    }

    private Map<String, String> paths(Connection connection) throws SQLException {
        String id = text(
                connection,
                "select id::text from dispatch.incident where closed_at is not null order by id limit 1 offset 1000");
        String box = text(connection, """
                select concat_ws(',', round(st_x(location)::numeric - 0.02, 4), round(st_y(location)::numeric - 0.02, 4),
                                 round(st_x(location)::numeric + 0.02, 4), round(st_y(location)::numeric + 0.02, 4))
                from dispatch.incident order by id limit 1
                """);
        String grid = text(connection, "select grid_code from dispatch.incident order by id limit 1");
        String number =
                text(connection, "select number from dispatch.incident_view order by id limit 1 offset 500", "50");
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("/v1/incidents", "/v1/incidents");
        paths.put("/v1/incidents?status=DISPATCHED", "/v1/incidents?status=DISPATCHED");
        paths.put("/v1/incidents?status=IN_PROGRESS (there is none)", "/v1/incidents?status=IN_PROGRESS");
        paths.put("/v1/incidents?level=II", "/v1/incidents?level=II");
        paths.put("/v1/incidents?level=I", "/v1/incidents?level=I");
        paths.put("/v1/incidents?type=fire.building", "/v1/incidents?type=fire.building");
        paths.put("/v1/incidents?type=city.noise (there is none)", "/v1/incidents?type=city.noise");
        paths.put("/v1/incidents?unit=A_STREET", "/v1/incidents?unit=" + grid.substring(0, 9));
        paths.put("/v1/incidents?unit=A_GRID", "/v1/incidents?unit=" + grid);
        paths.put("/v1/incidents?bbox=4_KM_WIDE", "/v1/incidents?bbox=" + box);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        paths.put(
                "/v1/incidents?from=100_DAYS_AGO&to=90_DAYS_AGO",
                "/v1/incidents?from=" + now.minus(Duration.ofDays(100)) + "&to=" + now.minus(Duration.ofDays(90)));
        paths.put("/v1/incidents?q=A_NUMBER", "/v1/incidents?q=" + number);
        paths.put("/v1/incidents?q=A_WORD", "/v1/incidents?q=" + URLEncoder.encode("渝中", StandardCharsets.UTF_8));
        paths.put("/v1/incidents/{id}", "/v1/incidents/" + id);
        paths.put("/v1/incidents/{id}/timeline", "/v1/incidents/" + id + "/timeline");
        paths.put("/v1/tasks", "/v1/tasks");
        paths.put("/v1/tasks?status=DISPATCHED", "/v1/tasks?status=DISPATCHED");
        paths.put("/v1/overview (today, with all that was just written)", "/v1/overview");
        paths.put(
                "/v1/overview?from=100_DAYS_AGO&to=99_DAYS_AGO",
                "/v1/overview?from=" + now.minus(Duration.ofDays(100)) + "&to=" + now.minus(Duration.ofDays(99)));
        paths.put("/v1/heat-map?tier=DISTRICT&hours=24", "/v1/heat-map?tier=DISTRICT&hours=24");
        paths.put("/v1/changes", "/v1/changes");
        return paths;
    }

    private double ask(HttpClient http, String path, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(LocalPorts.url(system.ports().api()) + path))
                .header("Authorization", "Bearer " + token)
                .build();
        long before = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double millis = (System.nanoTime() - before) / 1e6;
        // Of another's unit there is nothing to be seen, and not everybody may ask for everything.
        if (answer.statusCode() != 200 && answer.statusCode() != 403 && answer.statusCode() != 404) {
            throw new IOException(path + " was answered " + answer.statusCode() + " "
                    + MessageJson.MAPPER.readTree(answer.body()).path("detail"));
        }
        return millis;
    }

    /** PostgreSQL writes the plans into its log, for the API's new connections. */
    private void explain(Connection connection, Ask ask) throws Exception {
        for (String statement : EXPLAIN.split(";", -1)) {
            run(connection, statement);
        }
        askUntilAnswered(ask);
        long before = Files.size(system.postgresLog());
        ask.ask();
        String logged = Files.readString(system.postgresLog()).substring((int) before);
        for (String statement : DO_NOT_EXPLAIN.split(";", -1)) {
            run(connection, statement);
        }
        List<String> plans = new ArrayList<>(List.of(logged.split("(?m)^(?=.*LOG: +duration:)", -1)));
        plans.stream()
                .max(java.util.Comparator.comparingDouble(GrowthBench::duration))
                .ifPresent(System.out::println);
    }

    /** The pool has to find out that its connections are gone. */
    private static void askUntilAnswered(Ask ask) throws InterruptedException {
        for (int i = 0; i < ASKED; i++) {
            try {
                ask.ask();
                return;
            } catch (IOException notYet) {
                java.util.concurrent.TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static double duration(String plan) {
        java.util.regex.Matcher found =
                java.util.regex.Pattern.compile("duration: ([0-9.]+) ms").matcher(plan);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        return Long.parseLong(text(connection, query));
    }

    /** As a person of this unit sees it. */
    private static String text(Connection connection, String query, String unit) throws SQLException {
        run(connection, "select set_config('city_brain.unit', '" + unit + "', false)");
        return text(connection, query);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private record Writers(BatchWriter filled, BatchWriter empty, Connection inFilled, Connection inEmpty) {}

    private interface Ask {
        double ask() throws IOException, InterruptedException;
    }
}
