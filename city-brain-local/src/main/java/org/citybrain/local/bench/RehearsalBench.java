package org.citybrain.local.bench;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.citybrain.infrastructure.PrivatePostgis;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.identity.FetchToken;
import org.citybrain.messages.MessageJson;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./city-brain bench rehearsal}: how long a rehearsal of all history takes, asked for over HTTP as an analyst would, of a system that
 * is up and whose history was made up. Beside it, in the same run, the limit: the same rows read by COPY alone, as many at once.
 */
public final class RehearsalBench {

    private static final int INCIDENTS = 1_000_000;
    private static final int QUICK = 10;
    private static final int READERS = 2;

    private static final String INCIDENT_ROWS = """
            copy (select id, type, level, scope, false, commanding_unit, unit_codes, sources, people_reported, people_estimated, area_km2,
                         area_basis, deaths, serious_injuries, loss_yuan, nothing_known, key_places, people_affected, grading_version,
                         routing_version, catalogue_version
                  from {partition} where ctid >= '({first},0)'::tid and ctid < '({next},0)'::tid) to stdout (format binary)""";

    private static final String REPORT_ROWS = """
            copy (select received_at, report_id, incident_id, outcome = 'OPENED', source_kind, source_id, type, occurred_at,
                         st_asbinary(location, 'XDR'), grid_code
                  from dispatch.report order by received_at, report_id) to stdout (format binary)""";

    private static final String PARTITIONS = """
            select i.inhrelid::regclass::text as name, pg_relation_size(i.inhrelid) / current_setting('block_size')::bigint as pages
            from pg_inherits i where i.inhparent = 'dispatch.incident'::regclass
            """;

    /** One threshold moved; one scope with less time; types that go together. */
    private static final Map<String, String> CANDIDATES = Map.of(
            "grading", "jsonb_set(document, '{axes,0,thresholds,III}', '60')",
            "routing", "jsonb_set(document, '{rules,R2,resolveMinutes}', '2880')",
            "correlation",
                    "jsonb_set(document, '{goesTogether}', '[[\"fire.building\", \"gas.leak\"], [\"city.litter\", \"city.blocked-path\"]]')");

    private static final Map<String, Integer> GOALS = Map.of("grading", 20, "routing", 20, "correlation", 180);

    private final Path folder;
    private final LocalPorts ports;
    private final HttpClient http = HttpClient.newHttpClient();

    private RehearsalBench(Path folder, LocalPorts ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** {@code FOLDER PORT_BASE [--quick]} of a system that is up and has no history. */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = arguments.length > 2 && arguments[2].equals("--quick");
        new RehearsalBench(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])))
                .measure(isQuick ? INCIDENTS / QUICK : INCIDENTS);
    }

    private void measure(int incidents) throws IOException, InterruptedException, SQLException {
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        try (Connection connection = connect()) {
            MadeUpHistory history = MadeUpHistory.write(connection, incidents);
            System.out.printf(
                    Locale.ROOT,
                    "%,d incidents (%s) and %,d reports (%s), written in %.0f s.%n",
                    history.incidents(),
                    size(connection, "incident"),
                    history.reports(),
                    size(connection, "report"),
                    history.seconds());
            try (Statement statement = connection.createStatement()) {
                for (Map.Entry<String, String> candidate : CANDIDATES.entrySet()) {
                    statement.execute("insert into dispatch.policy (kind, version, status, document, created_at, note) "
                            + "select kind, 2, 'DRAFT', " + candidate.getValue()
                            + ", now(), 'bench' from dispatch.policy where kind = '" + candidate.getKey()
                            + "' and version = 1");
                }
            }
            Map<String, Double> ratios = new LinkedHashMap<>();
            Map<String, Object> figures = new LinkedHashMap<>();
            double copyIncidents = best(this::copyIncidents);
            double copyReports = best(() -> copyReports(connection));
            System.out.printf(
                    Locale.ROOT,
                    "%nThe limit, by COPY alone: incidents %.2f s (%d readers), reports in their order %.2f s.%n%n",
                    copyIncidents,
                    READERS,
                    copyReports);
            System.out.printf(
                    "%-14s %10s %10s %10s %10s %10s%n", "", "first", "second", "goal", "Java's CPU", "changed");
            for (String kind : List.of("grading", "routing", "correlation")) {
                JsonNode first = rehearse(kind);
                double cpuBefore = cpuSeconds();
                JsonNode second = rehearse(kind);
                double cpu = cpuSeconds() - cpuBefore;
                double seconds = second.get("seconds").asDouble();
                System.out.printf(
                        Locale.ROOT,
                        "%-14s %8.1f s %8.1f s %8d s %8.1f s %,10d%n",
                        kind,
                        first.get("seconds").asDouble(),
                        seconds,
                        GOALS.getOrDefault(kind, 0),
                        cpu,
                        second.get("changedIncidents").asLong());
                ratios.put(
                        kind + "ToCopy", rounded(seconds / (kind.equals("correlation") ? copyReports : copyIncidents)));
                figures.put(kind + "FirstSeconds", rounded(first.get("seconds").asDouble()));
                figures.put(kind + "SecondSeconds", rounded(seconds));
                figures.put(kind + "JavaCpuSeconds", rounded(cpu));
                figures.put(kind + "Replayed", second.get("replayed").asLong());
                figures.put(kind + "Changed", second.get("changedIncidents").asLong());
                figures.put(kind + "NotReplayable", second.get("notReplayable"));
            }
            figures.put("copyIncidentsSeconds", rounded(copyIncidents));
            figures.put("copyReportsSeconds", rounded(copyReports));
            figures.put("incidents", history.incidents());
            figures.put("reports", history.reports());
            figures.put("machine", machine);
            System.out.println(MessageJson.MAPPER.writeValueAsString(new Result("rehearsal", ratios, figures)));
        }
    }

    /** What the processor has done for the JVM of all services so far: tells more than the clock where others are at work. */
    private double cpuSeconds() throws IOException {
        Properties run = new Properties();
        run.load(new StringReader(Files.readString(folder.resolve("run"))));
        return ProcessHandle.of(Long.parseLong(run.getProperty("pid")))
                .flatMap(process -> process.info().totalCpuDuration())
                .map(cpu -> cpu.toMillis() / 1e3)
                .orElse(0.0);
    }

    /** Over HTTP, from the asking to the end. */
    private JsonNode rehearse(String kind) throws IOException, InterruptedException {
        String token = FetchToken.fetch(folder, ports, "analyst");
        String path = "/v1/policies/" + kind + "/2/rehearsals";
        JsonNode begun = send(token, HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString("{}")));
        String statusUrl = begun.get("statusUrl").asString();
        JsonNode state = send(token, HttpRequest.newBuilder(uri(statusUrl)).GET());
        while (state.get("status").asString().equals("RUNNING")) {
            TimeUnit.MILLISECONDS.sleep(500);
            state = send(token, HttpRequest.newBuilder(uri(statusUrl)).GET());
        }
        if (!state.get("status").asString().equals("DONE")) {
            throw new IllegalStateException("the rehearsal of " + kind + " is " + state);
        }
        return state;
    }

    private JsonNode send(String token, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request.header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("city-brain-api answered " + answer.statusCode() + " " + answer.body());
        }
        return MessageJson.MAPPER.readTree(answer.body());
    }

    private URI uri(String path) {
        return URI.create(LocalPorts.url(ports.api()) + path);
    }

    private double copyIncidents() throws SQLException {
        List<Thread> readers = new ArrayList<>();
        long before = System.nanoTime();
        for (int i = 0; i < READERS; i++) {
            int reader = i;
            readers.add(Thread.ofPlatform().start(() -> {
                try (Connection connection = connect()) {
                    for (String copy : copies(connection, reader)) {
                        copy(connection, copy);
                    }
                } catch (SQLException | IOException failure) {
                    throw new IllegalStateException("the incidents cannot be copied", failure);
                }
            }));
        }
        try {
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return (System.nanoTime() - before) / 1e9;
    }

    /** Each reader's part of every partition. */
    private static List<String> copies(Connection connection, int reader) throws SQLException {
        List<String> copies = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PARTITIONS)) {
            while (row.next()) {
                long pages = row.getLong("pages");
                copies.add(INCIDENT_ROWS
                        .replace("{partition}", row.getString("name"))
                        .replace("{first}", Long.toString(pages * reader / READERS))
                        .replace("{next}", Long.toString(pages * (reader + 1) / READERS)));
            }
        }
        return copies;
    }

    private static double copyReports(Connection connection) throws SQLException {
        long before = System.nanoTime();
        copy(connection, REPORT_ROWS);
        return (System.nanoTime() - before) / 1e9;
    }

    private static void copy(Connection connection, String statement) throws SQLException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        while (copy.readFromCopy() != null) {
            // Read and dropped.
        }
    }

    /** The better of two: the second finds in memory what the first has read. */
    private static double best(Measured measured) throws SQLException {
        double first = measured.seconds();
        return Math.min(first, measured.seconds());
    }

    private static String size(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select pg_size_pretty(sum(pg_total_relation_size(inhrelid))) from pg_inherits where inhparent = 'dispatch."
                                + table + "'::regclass")) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect() throws SQLException, IOException {
        Properties passwords = new Properties();
        passwords.load(new StringReader(Files.readString(folder.resolve("secrets/passwords"))));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.postgis() + "/city_brain",
                PrivatePostgis.ADMINISTRATOR,
                passwords.getProperty("administrator"));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private interface Measured {
        double seconds() throws SQLException;
    }

    private record Result(String bench, Map<String, Double> ratios, Map<String, Object> figures) {}
}
