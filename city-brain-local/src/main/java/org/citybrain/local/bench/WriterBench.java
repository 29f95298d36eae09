package org.citybrain.local.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.local.bench.DecidedBatches.Batch;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code ./city-brain bench writer}: the product's writer of batches, with its look for known reports, its offsets, its planning of tasks and its
 * timeline; in turns with it, each into the same tables of a database of its own of the same server and over as many connections, PostgreSQL's binary
 * COPY of the rows that it wrote, and JDBC's batches of them. All tables are emptied before each round. Nobody waits for the disk.
 */
public final class WriterBench {

    private static final String COPY_DATABASE = "bench_copy";
    private static final String BATCH_DATABASE = "bench_batch";
    private static final int CONNECTIONS = MadeUpBatches.PARTITIONS;

    private static final String PRODUCT = "the product's writer";
    private static final String COPY = "binary COPY of its rows";
    private static final String BATCH = "JDBC batches of its rows";

    private static final String EMPTY = """
            truncate dispatch.report_key, dispatch.report, dispatch.incident, dispatch.task, dispatch.incident_event, dispatch.batch_outcome
            """;

    private static final String BACK = "update dispatch.consumed_partition set next_offset = 0";

    private final BenchCity city;
    private final Rounds rounds;
    private final int reports;

    private WriterBench(BenchCity city, Rounds rounds, int reports) {
        this.city = city;
        this.rounds = rounds;
        this.reports = reports;
    }

    /** {@code FOLDER [--quick]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws Exception {
        BenchLog.quieten();
        boolean isQuick = arguments.length > 1 && arguments[1].equals("--quick");
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        try (BenchCity city = BenchCity.load(Path.of(arguments[0]), "small")) {
            Rounds rounds = isQuick ? Rounds.quick() : Rounds.full();
            Findings findings = new WriterBench(city, rounds, isQuick ? 5_000 : 15_000).measure();
            findings.figure("machine", machine);
            findings.print();
        }
    }

    private Findings measure() throws Exception {
        city.makeAnother(COPY_DATABASE);
        city.makeAnother(BATCH_DATABASE);
        DecidedBatches decided = new DecidedBatches();
        try (ConfigurableApplicationContext dispatch =
                        QuietDispatch.start(city.jdbcUrl(), city.password(ServiceLogin.DISPATCH), decided::watch);
                Connection stored = city.connect();
                Connection copyFirst = city.connect(COPY_DATABASE, "");
                Connection copySecond = city.connect(COPY_DATABASE, "");
                Connection batchFirst = city.connect(BATCH_DATABASE, BatchedRows.DRIVER_SETTINGS);
                Connection batchSecond = city.connect(BATCH_DATABASE, BatchedRows.DRIVER_SETTINGS)) {
            List<Batch> batches = decide(dispatch, decided, stored);
            BatchWriter writer = new BatchWriter(dispatch);
            empty(stored);
            InParallel.run(CONNECTIONS, partition -> writer.write(batches, partition));
            CopiedRows copied = CopiedRows.since(Instant.EPOCH, stored);
            BatchedRows batched = BatchedRows.read(stored, batches.size());
            System.out.printf(
                    Locale.ROOT,
                    "%,d reports, each of which opens an incident: %,d rows, %,d bytes in COPY.%n",
                    reports,
                    copied.rows(),
                    copied.bytes());

            List<Connection> toCopy = List.of(copyFirst, copySecond);
            List<Connection> toBatch = List.of(batchFirst, batchSecond);
            Map<String, InParallel.Work> contestants = new LinkedHashMap<>();
            contestants.put(PRODUCT, partition -> writer.write(batches, partition));
            contestants.put(COPY, i -> copied.copyInto(toCopy.get(i), i, CONNECTIONS));
            contestants.put(BATCH, i -> batched.insertInto(toBatch.get(i), i, CONNECTIONS));
            List<Connection> databases = List.of(stored, copyFirst, batchFirst);
            return compare(contestants, databases);
        }
    }

    private List<Batch> decide(ConfigurableApplicationContext dispatch, DecidedBatches decided, Connection stored)
            throws SQLException {
        dispatch.getBean(CurrentMap.class).renew();
        dispatch.getBean(StoredOffsets.class)
                .findOrBegin(Map.of(
                        new TopicPartition(Topics.REPORT_RECEIVED, 0),
                        0L,
                        new TopicPartition(Topics.REPORT_RECEIVED, 1),
                        0L));
        List<List<ReportReceived>> madeUp = new MadeUpBatches(MadeUpBatches.grids(stored), reports).next(reports);
        return decided.decide(dispatch, madeUp);
    }

    private Findings compare(Map<String, InParallel.Work> contestants, List<Connection> databases) throws Exception {
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        do {
            for (InParallel.Work contestant : contestants.values()) {
                round(contestant, databases);
            }
        } while (System.nanoTime() < warmUntil);
        Map<String, List<Round>> measured = new LinkedHashMap<>();
        System.out.printf("%n%-28s %12s %22s %18s%n", "", "reports/s", "µs of PostgreSQL each", "µs of Java each");
        for (int i = 0; i < rounds.count(); i++) {
            for (Map.Entry<String, InParallel.Work> contestant : contestants.entrySet()) {
                Round round = round(contestant.getValue(), databases);
                round.print(contestant.getKey(), reports);
                measured.computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                        .add(round);
            }
        }
        double product = perSecond(measured, PRODUCT);
        double copy = perSecond(measured, COPY);
        double batch = perSecond(measured, BATCH);
        System.out.printf(
                Locale.ROOT,
                "%nMedians: the product %,.0f reports a second, COPY %,.0f, JDBC batches %,.0f. Over COPY %.2f (goal: at least 0.85), over JDBC batches %.2f (goal: at least 1.5).%n",
                product,
                copy,
                batch,
                product / copy,
                product / batch);
        Findings findings = new Findings("writer");
        findings.ratio("writerOverCopy", product / copy);
        findings.ratio("writerOverJdbcBatch", product / batch);
        findings.figure("reportsPerSecond", product);
        findings.figure("copiedPerSecond", copy);
        findings.figure("batchedPerSecond", batch);
        findings.figure("postgresMicros", micros(measured, PRODUCT));
        findings.figure("postgresMicrosInCopy", micros(measured, COPY));
        findings.figure("postgresMicrosInJdbcBatches", micros(measured, BATCH));
        return findings;
    }

    private Round round(InParallel.Work contestant, List<Connection> databases) throws Exception {
        for (Connection database : databases) {
            empty(database);
        }
        Cpu before = city.cpu();
        long began = System.nanoTime();
        InParallel.run(CONNECTIONS, contestant);
        return new Round(System.nanoTime() - began, city.cpu().since(before));
    }

    private static void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(EMPTY);
            statement.execute(BACK);
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private double perSecond(Map<String, List<Round>> measured, String name) {
        return Rounds.median(Objects.requireNonNull(measured.get(name)).stream()
                .mapToDouble(round -> round.perSecond(reports))
                .toArray());
    }

    private double micros(Map<String, List<Round>> measured, String name) {
        return Rounds.median(Objects.requireNonNull(measured.get(name)).stream()
                .mapToDouble(round -> round.cpu().postgres() * 1e6 / reports)
                .toArray());
    }

    private record Round(long nanos, Cpu cpu) {

        double perSecond(int reports) {
            return reports * 1e9 / nanos;
        }

        void print(String name, int reports) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %,12.0f %,22.0f %,18.0f%n",
                    name,
                    perSecond(reports),
                    cpu.postgres() * 1e6 / reports,
                    cpu.own() * 1e6 / reports);
        }
    }
}
