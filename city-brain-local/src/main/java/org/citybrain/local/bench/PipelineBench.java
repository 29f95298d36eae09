package org.citybrain.local.bench;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.local.FetchKey;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.local.secret.RandomPassword;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import org.citybrain.migrations.MigrateDatabase;
import org.citybrain.migrations.ServiceLogin;

/**
 * {@code ./city-brain bench pipeline}: reports a second from the batch post to stored, graded, routed and published, of a system that is up; and in
 * turns with it, in the same run, the limit: the same rows by PostgreSQL's binary COPY alone into the same tables of a second database, over two
 * connections.
 */
public final class PipelineBench {

    private static final String SOURCE = "bench-pipeline";
    private static final int CONNECTIONS = 2;
    private static final int MOST_STATEMENTS = 20;
    private static final int MOST_WARM_UP = 200_000;
    private static final String LIMIT_DATABASE = "bench_limit";

    private static final String TAKEN = "select coalesce(sum(next_offset), 0) from dispatch.consumed_partition";

    /** The last line of the timeline, by the outbox's index of each month. */
    private static final String LAST_LINE = """
            select transaction_id::text || '/' || sequence from dispatch.incident_event
            order by transaction_id desc, sequence desc limit 1
            """;

    private static final String PUBLISHED =
            "select transaction_id::text || '/' || sequence from dispatch.relay_position where name = 'timeline'";

    /** What PostgreSQL did for the services in the rounds of the product, the dearest first. */
    private static final String STATEMENTS = """
            select regexp_replace(left(query, 90), '\\s+', ' ', 'g') as query, calls, rows, total_exec_time as millis
            from pg_stat_statements s join pg_roles r on r.oid = s.userid join pg_database d on d.oid = s.dbid
            where r.rolname like 'city\\_brain%' and d.datname = current_database()
            order by total_exec_time desc
            """;

    private final Path folder;
    private final LocalPorts ports;
    private final String administratorPassword;
    private final HttpClient http = HttpClient.newHttpClient();

    private PipelineBench(Path folder, LocalPorts ports) throws IOException {
        this.folder = folder;
        this.ports = ports;
        Properties passwords = new Properties();
        passwords.load(new StringReader(Files.readString(folder.resolve("secrets/passwords"))));
        this.administratorPassword = passwords.getProperty("administrator");
    }

    /** {@code FOLDER PORT_BASE [--quick]} of a system that is up and has taken no reports. */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = arguments.length > 2 && arguments[2].equals("--quick");
        PipelineBench bench = new PipelineBench(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])));
        bench.measure(
                isQuick ? Duration.ofSeconds(30) : Duration.ofSeconds(90), isQuick ? 3 : 5, isQuick ? 5_000 : 20_000);
    }

    private void measure(Duration warmUp, int rounds, int reports) throws Exception {
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        List<Place> grids;
        try (CityClient city = new CityClient(ports, folder)) {
            grids = city.listGrids();
        }
        BatchPosts posts = new BatchPosts(ports, register());
        MadeUpReports madeUp = new MadeUpReports(SOURCE, grids, MOST_WARM_UP + 4 * rounds * reports);
        try (Connection stored = connect("city_brain");
                Connection first = connectToLimit();
                Connection second = connect(LIMIT_DATABASE)) {
            long end = System.nanoTime() + warmUp.toNanos();
            int warmedBy = 0;
            while (System.nanoTime() < end && warmedBy < MOST_WARM_UP) {
                product(madeUp.next(reports / 4, 1), posts, stored);
                warmedBy += reports / 4;
            }
            System.out.printf(Locale.ROOT, "Warmed up by %,d reports. %,d a round from now on.%n%n", warmedBy, reports);
            System.out.printf("%-28s %12s %16s %14s%n", "", "a second", "µs of CPU each", "opened");
            try (Statement statement = stored.createStatement()) {
                statement.execute("select pg_stat_statements_reset()");
            }
            List<Round> products = new ArrayList<>();
            List<Round> merging = new ArrayList<>();
            List<Round> limits = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                Instant since = Instant.now();
                products.add(
                        product(madeUp.next(reports, 1), posts, stored).print("the pipeline", opened(stored, since)));
                CopiedRows rows = CopiedRows.since(since, stored);
                limits.add(limit(rows, reports, first, second).print("binary COPY of its rows", rows.rows()));
                Instant sinceMerging = Instant.now();
                merging.add(product(madeUp.next(reports, 2), posts, stored)
                        .print("the pipeline, half merged", opened(stored, sinceMerging)));
            }
            printStatements(stored, products);
            print(products, merging, limits, machine);
        }
    }

    private void print(List<Round> products, List<Round> merging, List<Round> limits, Machine machine) {
        double perSecond = median(products, Round::perSecond);
        double copied = median(limits, Round::perSecond);
        double cpu = median(products, Round::cpuMicros);
        double copyCpu = median(limits, Round::postgresMicros);
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("pipelineOverCopy", rounded(perSecond / copied));
        ratios.put("pipelineCpuOverCopyCpu", rounded(cpu / copyCpu));
        ratios.put("mergingOverCopy", rounded(median(merging, Round::perSecond) / copied));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("reportsPerSecond", Math.round(perSecond));
        figures.put("reportsPerSecondHalfMerged", Math.round(median(merging, Round::perSecond)));
        figures.put("copiedPerSecond", Math.round(copied));
        figures.put("cpuMicros", rounded(cpu));
        figures.put("cpuMicrosOfServicesAndKafka", rounded(median(products, Round::servicesMicros)));
        figures.put("cpuMicrosOfPostgres", rounded(median(products, Round::postgresMicros)));
        figures.put("cpuMicrosOfLoadGenerator", rounded(median(products, Round::ownMicros)));
        figures.put("cpuMicrosOfPostgresInCopy", rounded(copyCpu));
        figures.put("machine", machine);
        System.out.printf(
                Locale.ROOT,
                "%nMedians: %,.0f reports a second (half merged: %,.0f), COPY %,.0f: ratio %.2f (goal: at least 0.65).%n"
                        + "CPU per report %.0f µs: services and Kafka %.0f, PostgreSQL %.0f, load generator %.0f; COPY's PostgreSQL %.0f: ratio %.2f (goal: at most 2.0).%n",
                perSecond,
                median(merging, Round::perSecond),
                copied,
                perSecond / copied,
                cpu,
                median(products, Round::servicesMicros),
                median(products, Round::postgresMicros),
                median(products, Round::ownMicros),
                copyCpu,
                cpu / copyCpu);
        System.out.println(MessageJson.MAPPER.writeValueAsString(new Result("pipeline", ratios, figures)));
    }

    /** All of a statement's time at the server, also what it waited there; both kinds of rounds. */
    private static void printStatements(Connection stored, List<Round> products) throws SQLException {
        long reports = 2 * products.stream().mapToLong(Round::reports).sum();
        System.out.printf("%n%-92s %12s %12s %10s%n", "statements of the services", "calls", "rows", "µs each");
        try (Statement statement = stored.createStatement();
                ResultSet row = statement.executeQuery(STATEMENTS)) {
            for (int i = 0; i < MOST_STATEMENTS && row.next(); i++) {
                System.out.printf(
                        Locale.ROOT,
                        "%-92s %,12d %,12d %,10.1f%n",
                        row.getString("query"),
                        row.getLong("calls"),
                        row.getLong("rows"),
                        row.getDouble("millis") * 1e3 / reports);
            }
        }
    }

    /** Posts all bodies and waits until their reports are stored and published. */
    private Round product(List<String> bodies, BatchPosts posts, Connection stored) throws Exception {
        long reports = bodies.stream().mapToLong(body -> body.lines().count()).sum();
        long goal = number(stored, TAKEN) + reports;
        Cpu before = cpu();
        long began = System.nanoTime();
        Queue<String> waiting = new ConcurrentLinkedQueue<>(bodies);
        inParallel(CONNECTIONS, number -> {
            for (String body = waiting.poll(); body != null; body = waiting.poll()) {
                posts.post(body);
            }
        });
        while (number(stored, TAKEN) < goal) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        String last = text(stored, LAST_LINE);
        while (!text(stored, PUBLISHED).equals(last)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new Round(reports, System.nanoTime() - began, cpu().since(before));
    }

    private Round limit(CopiedRows rows, int reports, Connection first, Connection second) throws Exception {
        Cpu before = cpu();
        long began = System.nanoTime();
        List<Connection> connections = List.of(first, second);
        inParallel(CONNECTIONS, number -> rows.copyInto(connections.get(number), number, CONNECTIONS));
        return new Round(reports, System.nanoTime() - began, cpu().since(before));
    }

    private String register() throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(URI.create(LocalPorts.url(ports.intake()) + "/v1/sources/" + SOURCE))
                .header("Authorization", "Bearer " + FetchToken.fetch(folder, ports, "admin"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"types": [%s], "datums": ["WGS84"], "unitCodes": ["50"], "reportsPerSecond": 100000}
                        """.formatted(MadeUpReports.types())))
                .build();
        HttpResponse<String> answer = http.send(put, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("the source cannot be registered: " + answer.statusCode() + " " + answer.body());
        }
        return FetchKey.issue(folder, ports, SOURCE);
    }

    /** The services' JVM with Kafka in it, all of PostgreSQL, and this JVM. */
    private Cpu cpu() throws IOException {
        Properties run = new Properties();
        run.load(new StringReader(Files.readString(folder.resolve("run"))));
        return Cpu.now(
                Long.parseLong(run.getProperty("pid")),
                Long.parseLong(Files.readAllLines(folder.resolve("postgis/data/postmaster.pid"))
                        .getFirst()
                        .strip()));
    }

    private Connection connectToLimit() throws SQLException, IOException {
        try (Connection connection = connect("city_brain");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + LIMIT_DATABASE);
        }
        Map<ServiceLogin, String> passwords = new EnumMap<>(ServiceLogin.class);
        Properties stored = new Properties();
        stored.load(new StringReader(Files.readString(folder.resolve("secrets/passwords"))));
        for (ServiceLogin login : ServiceLogin.values()) {
            passwords.put(login, stored.getProperty(login.name().toLowerCase(Locale.ROOT), RandomPassword.next()));
        }
        MigrateDatabase.migrate(url(LIMIT_DATABASE), PrivatePostgis.ADMINISTRATOR, administratorPassword, passwords);
        return connect(LIMIT_DATABASE);
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), PrivatePostgis.ADMINISTRATOR, administratorPassword);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgis() + "/" + database;
    }

    private static long opened(Connection stored, Instant since) throws SQLException {
        return number(
                stored,
                "select count(*) from dispatch.report where outcome = 'OPENED' and received_at >= '" + since + "'");
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void inParallel(int count, Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> {
                    work.run(number);
                    return number;
                });
            }
            for (Future<Object> one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    private static double median(List<Round> rounds, java.util.function.ToDoubleFunction<Round> figure) {
        return Rounds.median(rounds.stream().mapToDouble(figure).toArray());
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private interface Work {
        void run(int number) throws Exception;
    }

    /** One turn of one of the two. */
    private record Round(long reports, long nanos, Cpu cpu) {

        double perSecond() {
            return reports * 1e9 / nanos;
        }

        double cpuMicros() {
            return servicesMicros() + postgresMicros() + ownMicros();
        }

        double servicesMicros() {
            return cpu.services() * 1e6 / reports;
        }

        double postgresMicros() {
            return cpu.postgres() * 1e6 / reports;
        }

        double ownMicros() {
            return cpu.own() * 1e6 / reports;
        }

        Round print(String name, long rows) {
            System.out.printf(Locale.ROOT, "%-28s %,12.0f %,16.0f %,14d%n", name, perSecond(), cpuMicros(), rows);
            return this;
        }
    }

    private record Result(String bench, Map<String, Double> ratios, Map<String, Object> figures) {}
}
