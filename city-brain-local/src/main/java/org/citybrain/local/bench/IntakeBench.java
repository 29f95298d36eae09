package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.citybrain.infrastructure.LocalKafka;
import org.citybrain.infrastructure.Ports;
import org.citybrain.intake.IntakeApplication;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;

/**
 * {@code ./city-brain bench intake}: single reports and batches over HTTP to event-intake, in a process of its own; in turns with it, what
 * {@link IntakeLimits} does in another. Kafka, which both write to, and the sender run in this process, so that both bear the same of them. event-intake also keeps the
 * account of its topic meanwhile; the limits keep none.
 */
public final class IntakeBench {

    /** How many post batches at once. */
    static final int BATCH_CONNECTIONS = 2;

    private static final int SINGLE_CONNECTIONS = 64;
    private static final int REPORTS = 20_000;
    private static final String SOURCE = "bench-intake";
    private static final int REPORTS_PER_SECOND = 10_000_000;
    private static final int ACCEPTED = 202;
    private static final int OK = 200;

    private static final String REGISTER = """
            insert into intake.source (source_id, description, types, datums, unit_codes, clock_tolerance, reports_per_second, provenance,
                                       registered_at, updated_at)
            values (?, 'made up by a benchmark', string_to_array(?, ','), '{WGS84}', '{50}', interval '2 minutes', ?, 'SYNTHETIC', now(), now())
            """;

    private static final String ISSUE =
            "insert into intake.gateway_key (key_id, source_id, hash, created_at) values (?, ?, ?, now())";

    private final Path folder;
    private final BenchCity city;
    private final Rounds rounds;
    private final LocalKafka kafka;

    private IntakeBench(Path folder, BenchCity city, Rounds rounds, LocalKafka kafka) {
        this.folder = folder;
        this.city = city;
        this.rounds = rounds;
        this.kafka = kafka;
    }

    /** {@code FOLDER [--quick]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws Exception {
        BenchLog.quieten();
        boolean isQuick = arguments.length > 1 && arguments[1].equals("--quick");
        Rounds rounds = new Rounds(
                isQuick ? Duration.ofSeconds(30) : Duration.ofSeconds(90),
                5,
                isQuick ? Duration.ofSeconds(2) : Duration.ofSeconds(5),
                0);
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        Path folder = Path.of(arguments[0]);
        try (BenchCity city = BenchCity.load(folder, "small");
                LocalKafka kafka = new LocalKafka(folder.resolve("kafka"), Ports.findFree(), Ports.findFree())) {
            kafka.start();
            Findings findings = new IntakeBench(folder, city, rounds, kafka).measure();
            findings.figure("machine", machine);
            findings.print();
        }
    }

    private Findings measure() throws Exception {
        String key = register();
        List<String> lines = lines();
        int intakePort = Ports.findFree();
        int limitPort = Ports.findFree();
        try (ChildJvm intake = startIntake(intakePort)) {
            makeTopic();
            try (ChildJvm limits = startLimits(limitPort, lines);
                    PostLoad single = new PostLoad(intakePort, SINGLE_CONNECTIONS, singles(lines, key));
                    PostLoad bare = new PostLoad(limitPort, SINGLE_CONNECTIONS, singles(lines, key));
                    PostLoad batch = new PostLoad(intakePort, BATCH_CONNECTIONS, batches(lines, key))) {
                return compare(intake, single, bare, batch, limits);
            }
        }
    }

    private Findings compare(ChildJvm intake, PostLoad single, PostLoad bare, PostLoad batch, ChildJvm limits)
            throws IOException, InterruptedException {
        int turn = (int) rounds.turn().toMillis();
        int produced = 20_000;
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        do {
            expect(single.post(rounds.turn()), ACCEPTED);
            expect(bare.post(rounds.turn()), ACCEPTED);
            expect(batch.post(rounds.turn()), OK);
            produced = (int) Math.max(produced, limits.ask("produce " + produced) * turn / 1e3);
            limits.ask("parse " + turn);
        } while (System.nanoTime() < warmUntil);

        int count = rounds.count();
        double[] singles = new double[count];
        double[] singleP99 = new double[count];
        double[] bares = new double[count];
        double[] bareP99 = new double[count];
        double[] batches = new double[count];
        double[] producer = new double[count];
        double[] parse = new double[count];
        double[] singleMicros = new double[count];
        double[] bareMicros = new double[count];
        double[] batchMicros = new double[count];
        System.out.printf(
                "%n%-6s %14s %12s %14s %12s %14s %20s %14s%n",
                "round",
                "single/s",
                "p99 ms",
                "bare Netty/s",
                "p99 ms",
                "batches: /s",
                "ProducerPerformance",
                "parsing: /s");
        for (int i = 0; i < count; i++) {
            double before = city.cpu(intake.pid()).services();
            PostLoad.Turn one = expect(single.post(rounds.turn()), ACCEPTED);
            singleMicros[i] = micros(intake, before, one.latencies().count());
            before = city.cpu(limits.pid()).services();
            PostLoad.Turn limit = expect(bare.post(rounds.turn()), ACCEPTED);
            bareMicros[i] = micros(limits, before, limit.latencies().count());
            singles[i] = one.perSecond();
            singleP99[i] = one.latencies().millis(0.99);
            bares[i] = limit.perSecond();
            bareP99[i] = limit.latencies().millis(0.99);
            before = city.cpu(intake.pid()).services();
            PostLoad.Turn many = expect(batch.post(rounds.turn()), OK);
            batches[i] = many.perSecond() * MadeUpReports.PER_BATCH;
            batchMicros[i] = micros(intake, before, many.latencies().count() * MadeUpReports.PER_BATCH);
            producer[i] = limits.ask("produce " + produced);
            parse[i] = limits.ask("parse " + turn);
            System.out.printf(
                    Locale.ROOT,
                    "%-6d %,14.0f %12.2f %,14.0f %12.2f %,14.0f %,20.0f %,14.0f%n",
                    i + 1,
                    singles[i],
                    singleP99[i],
                    bares[i],
                    bareP99[i],
                    batches[i],
                    producer[i],
                    parse[i]);
        }
        Findings findings = new Findings("intake");
        findings.ratio("singleOverNetty", Rounds.median(singles) / Rounds.median(bares));
        findings.ratio("batchOverProducer", Rounds.median(batches) / Rounds.median(producer));
        findings.ratio("batchOverParse", Rounds.median(batches) / Rounds.median(parse));
        findings.figure("singleP99OverNettyP99", Rounds.median(singleP99) / Rounds.median(bareP99));
        findings.figure("singlePerSecond", Rounds.median(singles));
        findings.figure("singleP99Millis", Rounds.median(singleP99));
        findings.figure("nettyPerSecond", Rounds.median(bares));
        findings.figure("nettyP99Millis", Rounds.median(bareP99));
        findings.figure("batchReportsPerSecond", Rounds.median(batches));
        findings.figure("producerPerSecond", Rounds.median(producer));
        findings.figure("parsedPerSecond", Rounds.median(parse));
        findings.figure("singleCpuMicros", Rounds.median(singleMicros));
        findings.figure("nettyCpuMicros", Rounds.median(bareMicros));
        findings.figure("batchCpuMicrosOfAReport", Rounds.median(batchMicros));
        System.out.printf(
                Locale.ROOT,
                "%nCPU of the server's process: %.0f µs a single post, bare Netty %.0f; %.1f µs a report of a batch.%n",
                Rounds.median(singleMicros),
                Rounds.median(bareMicros),
                Rounds.median(batchMicros));
        System.out.printf(
                Locale.ROOT,
                "%nMedians: single posts %,.0f a second, bare Netty %,.0f: ratio %.2f (goal: at least 0.80), p99 %.1f ms against %.1f: %.2f times (goal: at most 1.5).%n"
                        + "Batches of %d %,.0f reports a second; ProducerPerformance %,.0f: ratio %.2f (goal: at least 1.0); parsing alone, in as many threads, %,.0f: ratio %.2f (goal: at least 0.55).%n",
                Rounds.median(singles),
                Rounds.median(bares),
                Rounds.median(singles) / Rounds.median(bares),
                Rounds.median(singleP99),
                Rounds.median(bareP99),
                Rounds.median(singleP99) / Rounds.median(bareP99),
                MadeUpReports.PER_BATCH,
                Rounds.median(batches),
                Rounds.median(producer),
                Rounds.median(batches) / Rounds.median(producer),
                Rounds.median(parse),
                Rounds.median(batches) / Rounds.median(parse));
        return findings;
    }

    /** Of CPU, for each of so many. */
    private double micros(ChildJvm process, double before, int count) throws IOException {
        return (city.cpu(process.pid()).services() - before) * 1e6 / Math.max(1, count);
    }

    /** Anything else would not be what is to be measured. */
    private static PostLoad.Turn expect(PostLoad.Turn turn, int status) {
        if (!turn.latencies().statuses().keySet().equals(java.util.Set.of(status))) {
            throw new IllegalStateException(
                    "expected " + status + " alone, not " + turn.latencies().statuses());
        }
        return turn;
    }

    private List<String> lines() throws SQLException {
        try (Connection connection = city.connect()) {
            List<Place> grids = MadeUpBatches.grids(connection);
            List<String> lines = new ArrayList<>();
            while (lines.size() < REPORTS) {
                MadeUpReports reports = new MadeUpReports(SOURCE, grids, 1);
                for (String body : reports.next(Math.min(reports.left(), REPORTS - lines.size()), 1)) {
                    body.lines().forEach(lines::add);
                }
            }
            return lines;
        }
    }

    private static List<byte[]> singles(List<String> lines, String key) {
        return lines.stream()
                .map(line -> PostLoad.request(
                        "/v1/reports",
                        Map.of("X-Api-Key", key, "Content-Type", "application/json"),
                        line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<byte[]> batches(List<String> lines, String key) {
        List<byte[]> batches = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += MadeUpReports.PER_BATCH) {
            batches.add(PostLoad.request(
                    "/v1/reports/batch",
                    Map.of("X-Api-Key", key, "Content-Type", "application/x-ndjson"),
                    String.join("\n", lines.subList(from, from + MadeUpReports.PER_BATCH))
                            .getBytes(StandardCharsets.UTF_8)));
        }
        return batches;
    }

    private ChildJvm startIntake(int port) throws IOException, InterruptedException {
        return BenchService.start(
                IntakeApplication.class,
                port,
                folder.resolve("intake.log"),
                Map.of("CITY_BRAIN_INTAKE_PASSWORD", city.password(ServiceLogin.INTAKE)),
                List.of(
                        // One gateway posts all: what one may ask for is not what is measured.
                        "city-brain.access.limit.gateway.per-second=" + REPORTS_PER_SECOND,
                        "city-brain.access.limit.gateway.burst=" + REPORTS_PER_SECOND,
                        // A connection waits for its turn, and for its first, as long as the others take: it is not to
                        // be closed just then.
                        "server.tomcat.connection-timeout=1h",
                        "server.tomcat.keep-alive-timeout=1h",
                        "CITY_BRAIN_KAFKA=" + kafka.bootstrapServers(),
                        "CITY_BRAIN_DATABASE_URL=" + city.jdbcUrl()));
    }

    private ChildJvm startLimits(int port, List<String> lines) throws IOException {
        Path values = folder.resolve("values");
        List<String> records = lines.stream()
                .map(line -> MessageJson.MAPPER.writeValueAsString(
                        MadeUpBatches.received(line, Instant.parse("2026-01-01T00:00:00.123Z"))))
                .toList();
        Files.write(values, records);
        Path reports = folder.resolve("reports");
        Files.write(reports, lines);
        int extra = records.getFirst().length() - lines.getFirst().length();
        return ChildJvm.start(
                        IntakeLimits.class,
                        folder.resolve("limits.log"),
                        true,
                        Map.of(),
                        List.of(
                                kafka.bootstrapServers(),
                                Integer.toString(port),
                                values.toString(),
                                reports.toString(),
                                Integer.toString(Math.max(0, extra))))
                .awaitReady();
    }

    /** With as many partitions as the reports' own. */
    private void makeTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            int partitions =
                    admin.describeTopics(List.of(Topics.REPORT_RECEIVED)).allTopicNames().get().values().stream()
                            .mapToInt(topic -> topic.partitions().size())
                            .sum();
            admin.createTopics(List.of(new NewTopic(IntakeLimits.TOPIC, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** The source and a key of it, as event-intake itself would write them. */
    private String register() throws Exception {
        byte[] random = new byte[40];
        new Random(20260701).nextBytes(random);
        String id = HexFormat.of().formatHex(random, 0, 8);
        String key = "cbk_" + id + "_" + HexFormat.of().formatHex(random, 8, 40);
        try (Connection connection = city.connect();
                PreparedStatement source = connection.prepareStatement(REGISTER);
                PreparedStatement issue = connection.prepareStatement(ISSUE);
                Statement count = connection.createStatement()) {
            source.setString(1, SOURCE);
            source.setString(2, MadeUpReports.types().replace("\"", "").replace(" ", ""));
            source.setInt(3, REPORTS_PER_SECOND);
            source.executeUpdate();
            issue.setString(1, id);
            issue.setString(2, SOURCE);
            issue.setBytes(3, MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII)));
            issue.executeUpdate();
            count.executeUpdate("update intake.gateway_key_change set number = number + 1");
        }
        return key;
    }
}
