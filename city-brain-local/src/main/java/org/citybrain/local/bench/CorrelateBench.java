package org.citybrain.local.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.dispatch.DispatchPipeline;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ReadReports;
import org.citybrain.dispatch.consume.StoredOffsets;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.LocateReports;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelationPolicy.Nearness;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.Topics;
import org.citybrain.migrations.ServiceLogin;
import org.postgresql.PGConnection;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code ./city-brain bench correlate}: how long 500 reports take to find their incidents among 100,000 that are open. The product's step locks the
 * cells, reads the candidates, locks and reads the incidents and their tasks, and decides; the limit is one plain query of the distance on the
 * ellipsoid ({@code ST_DWithin} on geography), by an index of its own, that only tells the nearest incident's id. No two of the open incidents belong together: they
 * would be one. Both in turns in one run, and it is
 * counted where they differ.
 */
public final class CorrelateBench {

    private static final int OPEN = 100_000;
    private static final int REPORTS = 500;
    private static final int SETS = 20;
    private static final Duration OLDEST = Duration.ofDays(3);
    private static final double METERS_PER_DEGREE = 111_320;
    /** In the north of the city, where it is least: what is told apart by it is apart. */
    private static final double METERS_PER_DEGREE_EAST = 94_000;

    private static final double GOAL = 0.10;
    private static final UUID NONE = new UUID(0, 0);

    /** Types that do not wander and of which no two go together. */
    private static final List<String> TYPES = List.of(
            "flood.waterlogging", "traffic.collision", "elevator.trapped", "safety.crowding", "city.street-lamp");

    private static final String OPEN_TABLE = """
            create temp table bench_open (
                id uuid, type text, cell bigint, longitude float8, latitude float8, grid_code text, at timestamptz, nth bigint)
            """;

    private static final String LIMIT_INDEX = """
            create index bench_open_by_geography on dispatch.incident using gist ((location::geography)) where closed_at is null
            """;

    /** Expects bench_open_by_geography. */
    private static final String LIMIT = """
            select near.id
            from unnest(?::text[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::timestamptz[]) with ordinality
                 as r (type, longitude, latitude, meters, minutes, occurred_at, nth)
            left join lateral (
                select i.id
                from dispatch.incident i
                where i.closed_at is null and i.type = r.type
                  and st_dwithin(i.location::geography, st_setsrid(st_makepoint(r.longitude, r.latitude), 4326)::geography, r.meters)
                  and i.first_occurred_at <= r.occurred_at + r.minutes * interval '1 minute'
                  and i.last_occurred_at >= r.occurred_at - r.minutes * interval '1 minute'
                order by st_distance(i.location::geography, st_setsrid(st_makepoint(r.longitude, r.latitude), 4326)::geography), i.id
                limit 1) near on true
            order by r.nth
            """;

    private final ConfigurableApplicationContext dispatch;
    private final Rounds rounds;
    private final Connection connection;
    private final Random random = new Random(20260701);

    private CorrelateBench(ConfigurableApplicationContext dispatch, Rounds rounds, Connection connection) {
        this.dispatch = dispatch;
        this.rounds = rounds;
        this.connection = connection;
    }

    /** {@code FOLDER [--quick]}: a folder that is deleted afterwards. */
    public static void main(String[] arguments) throws Exception {
        BenchLog.quieten();
        boolean isQuick = arguments.length > 1 && arguments[1].equals("--quick");
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        try (BenchCity city = BenchCity.load(Path.of(arguments[0]), "full");
                ConfigurableApplicationContext dispatch =
                        QuietDispatch.start(city.jdbcUrl(), city.password(ServiceLogin.DISPATCH), context -> {});
                Connection connection = city.connect()) {
            Findings findings =
                    new CorrelateBench(dispatch, isQuick ? Rounds.quick() : Rounds.full(), connection).measure();
            findings.figure("machine", machine);
            findings.print();
        }
    }

    private Findings measure() throws Exception {
        dispatch.getBean(CurrentMap.class).renew();
        dispatch.getBean(StoredOffsets.class).findOrBegin(Map.of(new TopicPartition(Topics.REPORT_RECEIVED, 0), 0L));
        List<Place> grids = MadeUpBatches.grids(connection);
        List<Open> open = open(grids);
        List<List<LocatedReport>> sets = new ArrayList<>();
        for (int i = 0; i < SETS; i++) {
            sets.add(reports(open, grids));
        }

        long disagreements = 0;
        long matches = 0;
        for (List<LocatedReport> set : sets) {
            List<UUID> byProduct = product(set);
            List<UUID> byLimit = limit(set);
            for (int i = 0; i < REPORTS; i++) {
                matches += byLimit.get(i).equals(NONE) ? 0 : 1;
                disagreements += byLimit.get(i).equals(byProduct.get(i)) ? 0 : 1;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d sets of %d reports among %,d open incidents: %,d belong to one of them; %,d answers differ.%n",
                SETS,
                REPORTS,
                OPEN,
                matches,
                disagreements);

        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        while (System.nanoTime() < warmUntil) {
            millis(sets, this::product);
            millis(sets, this::limit);
        }
        double[] product = new double[rounds.count()];
        double[] limit = new double[rounds.count()];
        System.out.printf("%n%-34s %14s%n", "", "ms for 500");
        for (int round = 0; round < rounds.count(); round++) {
            product[round] = millis(sets, this::product);
            limit[round] = millis(sets, this::limit);
            System.out.printf(Locale.ROOT, "%-34s %,14.1f%n", "the product's step", product[round]);
            System.out.printf(Locale.ROOT, "%-34s %,14.1f%n", "ST_DWithin on geography", limit[round]);
        }
        double ratio = Rounds.median(product) / Rounds.median(limit);
        System.out.printf(
                Locale.ROOT,
                "%nMedians: the product %.1f ms, ST_DWithin on geography %.1f ms: ratio %.3f (goal: at most %.2f).%n",
                Rounds.median(product),
                Rounds.median(limit),
                ratio,
                GOAL);
        Findings findings = new Findings("correlate");
        findings.ratio("correlateOverGeography", ratio);
        findings.figure("productMillis", Rounds.median(product));
        findings.figure("geographyMillis", Rounds.median(limit));
        findings.figure("matches", matches);
        findings.figure("disagreements", disagreements);
        return findings;
    }

    /** The median over the sets. */
    private static double millis(List<List<LocatedReport>> sets, Correlate correlate) throws SQLException {
        double[] millis = new double[sets.size()];
        for (int i = 0; i < millis.length; i++) {
            long began = System.nanoTime();
            correlate.correlate(sets.get(i));
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        return Rounds.median(millis);
    }

    /** As a batch does it, up to the decision; nothing is written. */
    private List<UUID> product(List<LocatedReport> reports) {
        PostgresPolicies policies = dispatch.getBean(PostgresPolicies.class);
        OpenIncidents openIncidents = dispatch.getBean(OpenIncidents.class);
        IdentityHashMap<LocatedReport, UUID> found = new IdentityHashMap<>();
        dispatch.getBean(PostgresTransactions.class).inBatch(() -> {
            CorrelateReports correlateReports =
                    new CorrelateReports(policies.current().correlatedBy(), policies.correlating());
            openIncidents.lockCells(correlateReports.cells(reports));
            for (Incident incident : correlateReports
                    .correlate(reports, openIncidents, Instant.now())
                    .incidents()) {
                if (incident.stored() != null) {
                    incident.added().forEach(report -> found.put(report, incident.id()));
                }
            }
        });
        return reports.stream().map(report -> found.getOrDefault(report, NONE)).toList();
    }

    private List<UUID> limit(List<LocatedReport> reports) throws SQLException {
        Policies policies = dispatch.getBean(PostgresPolicies.class).current();
        List<Nearness> nearness = reports.stream()
                .map(report -> nearness(policies, report.report().type()))
                .toList();
        List<UUID> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LIMIT)) {
            select.setArray(
                    1, array(reports.stream().map(report -> report.report().type())));
            select.setArray(
                    2,
                    array(reports.stream()
                            .map(report -> report.received().position().longitude())));
            select.setArray(
                    3,
                    array(reports.stream()
                            .map(report -> report.received().position().latitude())));
            select.setArray(4, array(nearness.stream().map(Nearness::meters)));
            select.setArray(5, array(nearness.stream().map(near -> near.window().toMinutes())));
            select.setArray(
                    6, array(reports.stream().map(report -> report.report().occurredAt())));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    found.add(row.wasNull() ? NONE : id);
                }
            }
        }
        return found;
    }

    private java.sql.Array array(java.util.stream.Stream<?> values) throws SQLException {
        return connection.createArrayOf("text", values.map(Object::toString).toArray());
    }

    private static Nearness nearness(Policies policies, String type) {
        return policies.correlatedBy()
                .correlation()
                .document()
                .nearness(policies.catalogue().document().find(type).orElseThrow());
    }

    /** Half of them belong to an open incident; the others are of any place, type and time. */
    private List<LocatedReport> reports(List<Open> open, List<Place> grids) {
        Policies policies = dispatch.getBean(PostgresPolicies.class).current();
        ReadReports read = dispatch.getBean(ReadReports.class);
        List<LocatedReport> reports = new ArrayList<>();
        while (reports.size() < REPORTS) {
            ReportReceived report;
            if (reports.size() % 2 == 0) {
                Open near = open.get(random.nextInt(open.size()));
                double meters = nearness(policies, near.type()).meters() * 0.4;
                report = received(
                        near.type(),
                        new Position(
                                near.position().longitude() + (random.nextDouble() - 0.5) * meters / METERS_PER_DEGREE,
                                near.position().latitude() + (random.nextDouble() - 0.5) * meters / METERS_PER_DEGREE),
                        near.at().plusSeconds(60));
            } else {
                report = received(type(), place(grids).position(), moment());
            }
            ConsumedReport consumed = read.read(QuietDispatch.polled(report, 0, reports.size()));
            LocateReports.locate(consumed, dispatch.getBean(CurrentMap.class).get())
                    .ifPresent(reports::add);
        }
        return reports;
    }

    /** Stores the open incidents, with their tasks: those of one that the pipeline has opened, at other places and times. */
    private List<Open> open(List<Place> grids) throws Exception {
        ReportReceived first = received(TYPES.getFirst(), place(grids).position(), Instant.now());
        dispatch.getBean(DispatchPipeline.class)
                .process(List.of(dispatch.getBean(ReadReports.class).read(QuietDispatch.polled(first, 0, 0))));
        Policies policies = dispatch.getBean(PostgresPolicies.class).current();
        CorrelateReports correlateReports = new CorrelateReports(policies.correlatedBy(), List.of());
        List<Open> open = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        ApartFromEachOther apart = new ApartFromEachOther();
        while (open.size() < OPEN) {
            GridAt at = place(grids);
            Instant moment = moment();
            Open one = new Open(IncidentId.ofIncident(moment, UUID.randomUUID()), type(), at.position(), moment);
            if (!apart.add(one, nearness(policies, one.type()))) {
                continue;
            }
            open.add(one);
            rows.append(one.id())
                    .append('\t')
                    .append(one.type())
                    .append('\t')
                    .append(correlateReports.cellOf(one.type(), one.position()))
                    .append('\t')
                    .append(one.position().longitude())
                    .append('\t')
                    .append(one.position().latitude())
                    .append('\t')
                    .append(at.code())
                    .append('\t')
                    .append(moment)
                    .append("\t0\n");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(OPEN_TABLE);
            statement.execute("set role city_brain_dispatch");
            statement.execute("select dispatch.ensure_partitions(now() - interval '4 days', now())");
            statement.execute("reset role");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy bench_open from stdin",
                            new java.io.ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
            MultipliedRows multiply = new MultipliedRows(connection);
            multiply.keep("incident", "true");
            multiply.keep("task", "true");
            multiply.insert(
                    "incident",
                    Map.of(
                            "id", "o.id",
                            "number", "nextval('dispatch.incident_number')",
                            "type", "o.type",
                            "correlation_cell", "o.cell",
                            "location", "st_setsrid(st_makepoint(o.longitude, o.latitude), 4326)",
                            "grid_code", "o.grid_code",
                            "opened_at", "o.at",
                            "first_occurred_at", "o.at",
                            "last_occurred_at", "o.at"),
                    "template_incident t join bench_open o on o.nth = t.nth");
            multiply.insert(
                    "task",
                    Map.of(
                            "incident_id", "o.id",
                            "id",
                                    "(left(replace(o.id::text, '-', ''), 12) || substr(md5(o.id::text || t.id::text), 1, 20))::uuid"),
                    "template_task t join bench_open o on o.nth = t.nth");
            statement.execute(LIMIT_INDEX);
            statement.execute("vacuum analyze dispatch.incident");
            statement.execute("vacuum analyze dispatch.task");
        }
        return open;
    }

    private ReportReceived received(String type, Position position, Instant at) {
        UUID id = UUID.randomUUID();
        Report report = new Report(
                id,
                new Report.Source(SourceKind.SENSOR, "bench", null),
                type,
                at,
                new Report.Location(position.longitude(), position.latitude(), Datum.WGS84),
                null,
                10L,
                null,
                null,
                null,
                null,
                null);
        return new ReportReceived(id, Instant.now(), position, null, "00000000000000ff", report);
    }

    private String type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private Instant moment() {
        return Instant.now().minusMillis((long) (random.nextDouble() * OLDEST.toMillis()));
    }

    /** In a grid or beside it: where people are, grids lie close together. */
    private GridAt place(List<Place> grids) {
        Place grid = grids.get(random.nextInt(grids.size()));
        return new GridAt(
                grid.gridCode(),
                new Position(
                        grid.longitude() + (random.nextDouble() - 0.5) * 1e-3,
                        grid.latitude() + (random.nextDouble() - 0.5) * 1e-3));
    }

    /** Incidents of one type that are near each other in place and time would be one. */
    private static final class ApartFromEachOther {

        /** A little more than the rules say: they measure by other means. */
        private static final double MARGIN = 1.05;

        private final Map<String, List<Open>> bySquare = new HashMap<>();

        /** False, and it is not taken, where one of its type is near. */
        boolean add(Open one, Nearness nearness) {
            double degrees = nearness.meters() * MARGIN / METERS_PER_DEGREE_EAST;
            long column = (long) Math.floor(one.position().longitude() / degrees);
            long row = (long) Math.floor(one.position().latitude() / degrees);
            for (long x = column - 1; x <= column + 1; x++) {
                for (long y = row - 1; y <= row + 1; y++) {
                    for (Open other : bySquare.getOrDefault(square(one.type(), x, y), List.of())) {
                        if (isNear(one, other, nearness)) {
                            return false;
                        }
                    }
                }
            }
            bySquare.computeIfAbsent(square(one.type(), column, row), square -> new ArrayList<>())
                    .add(one);
            return true;
        }

        private static boolean isNear(Open one, Open other, Nearness nearness) {
            double east = (one.position().longitude() - other.position().longitude()) * METERS_PER_DEGREE_EAST;
            double north = (one.position().latitude() - other.position().latitude()) * METERS_PER_DEGREE_EAST;
            return Math.hypot(east, north) <= nearness.meters() * MARGIN
                    && Duration.between(one.at(), other.at()).abs().compareTo(nearness.window()) <= 0;
        }

        private static String square(String type, long column, long row) {
            return type + ":" + column + ":" + row;
        }
    }

    private record GridAt(String code, Position position) {}

    private record Open(UUID id, String type, Position position, Instant at) {}

    private interface Correlate {
        List<UUID> correlate(List<LocatedReport> reports) throws SQLException;
    }
}
