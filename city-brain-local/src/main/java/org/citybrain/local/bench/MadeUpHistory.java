package org.citybrain.local.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.grade.GradeIncident;
import org.citybrain.dispatch.grade.GradeInputs;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.dispatch.policy.ReadPolicy;
import org.citybrain.dispatch.route.RouteIncident;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.Datum;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Incidents and reports that never were, in the grids of the demo city, graded and routed by the rules themselves: two months of incidents,
 * and for those of the second month their reports, two to each on average. Tasks and timelines are left out: no rehearsal of grading or
 * routing reads them.
 *
 * @param seconds that writing took
 */
record MadeUpHistory(long incidents, long reports, double seconds) {

    private static final String INCIDENTS = """
            copy dispatch.incident (id, version, status, opened_at, type, category, board, location, grid_code, unit_codes, visible_to,
                commanding_unit, level, scope, needs_person, corroborated, correlation_cell, first_occurred_at, last_occurred_at,
                report_count, sources, people_reported, deaths, nothing_known, people_affected, people_basis, area_km2, area_basis, grade,
                picture, grading_version, routing_version, correlation_version, catalogue_version, map_version, changed_at,
                people_estimated, key_places) from stdin""";

    private static final String REPORTS = """
            copy dispatch.report (received_at, report_id, outcome, incident_id, source_kind, source_id, type, occurred_at, location,
                grid_code, report) from stdin""";

    private static final String PICTURE =
            "{\"unitChain\": [], \"keyPlaces\": [], \"dutyStaff\": [], \"sensorsNearby\": [], \"openIncidentsNearby\": [], \"missing\": []}";

    private static final List<SourceKind> SOURCES =
            List.of(SourceKind.SENSOR, SourceKind.GRID_WORKER, SourceKind.OPERATOR, SourceKind.CITIZEN);

    private static final String NULL = "\\N";
    private static final int FLUSH_AT = 1 << 20;
    private static final Duration MONTH = Duration.ofDays(30);
    /** So many of the last incidents may get another report. */
    private static final int GOING_ON = 2_000;

    static MadeUpHistory write(Connection connection, int incidents) throws SQLException {
        long begun = System.nanoTime();
        Writer writer = new Writer(connection, incidents);
        writer.write();
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze dispatch.incident, dispatch.report");
        }
        return new MadeUpHistory(writer.incidents.rows, writer.reports.rows, (System.nanoTime() - begun) / 1e9);
    }

    private static final class Writer {

        private final Random random = new Random(6);
        private final List<GridAt> grids = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private final GradingPolicy grading;
        private final RoutingPolicy routing;
        private final Connection connection;
        private final int each;
        private final Rows incidents;
        private final Rows reports;
        private final Deque<Happening> goingOn = new ArrayDeque<>();
        private int opened;

        Writer(Connection connection, int count) throws SQLException {
            this.connection = connection;
            this.each = count / 2;
            this.grading = ReadPolicy.grading(document("grading"));
            this.routing = ReadPolicy.routing(document("routing"));
            ReadPolicy.catalogue(document("item-catalogue")).all().forEach(items::add);
            items.sort((one, other) -> one.code().compareTo(other.code()));
            this.incidents = new Rows(INCIDENTS);
            this.reports = new Rows(REPORTS);
            readGrids();
        }

        void write() throws SQLException {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofHours(1));
            Instant begin = now.minus(MONTH).minus(MONTH);
            try (Statement statement = connection.createStatement()) {
                // As the service would make them: it owns them.
                statement.execute("set role city_brain_dispatch");
                statement.execute("select dispatch.ensure_partitions('" + begin + "', '" + now + "')");
                statement.execute("reset role");
            }
            for (int i = 0; i < each; i++) {
                Instant at = begin.plusMillis(MONTH.toMillis() * i / each);
                Happening happening = new Happening(item(), grid(), at, UUID.randomUUID());
                happening.take(source(), people());
                store(happening);
            }
            Instant second = now.minus(MONTH);
            int wanted = 2 * each;
            for (int i = 0; i < wanted; i++) {
                report(second.plusMillis(MONTH.toMillis() * i / wanted), wanted - i <= each - opened);
            }
            while (!goingOn.isEmpty()) {
                store(goingOn.removeFirst());
            }
            incidents.flush(connection);
            reports.flush(connection);
        }

        /** Opens an incident, or is another report of one that goes on: half and half. */
        private void report(Instant at, boolean mustOpen) throws SQLException {
            UUID id = UUID.randomUUID();
            Happening happening = null;
            if (!mustOpen && !goingOn.isEmpty() && (opened >= each || random.nextBoolean())) {
                happening = goingOn.peekLast();
                for (Happening one : goingOn) {
                    if (random.nextInt(GOING_ON / 4) == 0 && one.isNow(at)) {
                        happening = one;
                        break;
                    }
                }
            }
            boolean opens = happening == null;
            if (happening == null) {
                happening = new Happening(item(), grid(), at, id);
                goingOn.addLast(happening);
                opened++;
                if (goingOn.size() > GOING_ON) {
                    store(goingOn.removeFirst());
                }
            }
            SourceKind kind = source();
            Long people = people();
            happening.take(kind, people);
            happening.last = at;
            Position position = new Position(
                    happening.grid.position().longitude() + (random.nextDouble() - 0.5) * 1e-4,
                    happening.grid.position().latitude() + (random.nextDouble() - 0.5) * 1e-4);
            if (opens) {
                happening.position = position;
            }
            Report report = new Report(
                    id,
                    new Report.Source(kind, "source-" + kind, null),
                    happening.item.code(),
                    at,
                    new Report.Location(position.longitude(), position.latitude(), Datum.WGS84),
                    random.nextInt(10) == 0 ? new Report.Footprint(40.0, null, null) : null,
                    people,
                    null,
                    null,
                    null,
                    null,
                    null);
            reports.add(
                    connection,
                    at,
                    id,
                    opens ? "OPENED" : "MERGED",
                    happening.id,
                    kind,
                    "source-" + kind,
                    happening.item.code(),
                    at,
                    point(position),
                    happening.grid.code(),
                    MessageJson.MAPPER.writeValueAsString(
                            new ReportReceived(id, at, position, null, "00000000000000ff", report)));
        }

        private void store(Happening happening) throws SQLException {
            Item item = happening.item;
            String grid = happening.grid.code();
            boolean hasArea = random.nextInt(3) == 0;
            List<GradeInputs.Source> sources = happening.sources.stream()
                    .map(kind -> new GradeInputs.Source(kind, "source-" + kind))
                    .toList();
            Long deaths = random.nextInt(50) == 0 ? (long) random.nextInt(40) : null;
            GradeInputs inputs = new GradeInputs(
                    item.defaults(),
                    happening.people,
                    null,
                    hasArea ? Math.exp(random.nextDouble() * 12 - 8) : null,
                    deaths,
                    null,
                    null,
                    random.nextInt(30) == 0 ? 1 : 0,
                    happening.nothingKnown && !hasArea,
                    sources,
                    1,
                    1);
            Grade grade = GradeIncident.grade(inputs, grading);
            incidents.add(
                    connection,
                    happening.id,
                    1,
                    "DISPATCHED",
                    happening.first,
                    item.code(),
                    item.category(),
                    item.board(),
                    point(happening.position),
                    grid,
                    "{" + grid + "}",
                    "{50," + grid + "}",
                    RouteIncident.route(grade.routingRule(), List.of(grid), item.delegable(), routing)
                            .commandingUnit(),
                    grade.level(),
                    grade.scope(),
                    grade.needsPerson(),
                    grade.corroborated(),
                    0,
                    happening.first,
                    happening.last,
                    happening.reports,
                    "{"
                            + String.join(
                                    ",",
                                    happening.sources.stream()
                                            .map(kind -> "\"" + kind + ":source-" + kind + "\"")
                                            .toList())
                            + "}",
                    inputs.peopleReported(),
                    inputs.deaths(),
                    inputs.nothingKnown(),
                    grade.peopleAffected(),
                    grade.peopleBasis(),
                    grade.areaSquareKilometers(),
                    grade.areaBasis(),
                    MessageJson.MAPPER.writeValueAsString(GradeRecord.of(grade, inputs, 1, 1, 1)),
                    PICTURE,
                    1,
                    1,
                    1,
                    1,
                    1,
                    happening.last,
                    inputs.peopleEstimated(),
                    inputs.keyPlaces());
        }

        private Item item() {
            return items.get(random.nextInt(items.size()));
        }

        private GridAt grid() {
            return grids.get(random.nextInt(grids.size()));
        }

        private SourceKind source() {
            return SOURCES.get(random.nextInt(SOURCES.size()));
        }

        /** Mostly a few, now and then thousands; not always told. */
        private @Nullable Long people() {
            return random.nextInt(3) == 0 ? null : (long) Math.exp(random.nextDouble() * 9);
        }

        private void readGrids() throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            select code, st_x(representative_point) as longitude, st_y(representative_point) as latitude
                            from grid.unit_view
                            where tier = 'GRID' and valid_from <= now() and (valid_to is null or valid_to > now())
                            order by code
                            """)) {
                while (row.next()) {
                    grids.add(new GridAt(
                            row.getString("code"),
                            new Position(row.getDouble("longitude"), row.getDouble("latitude"))));
                }
            }
        }

        private String document(String kind) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select document::text from dispatch.policy where version = 1 and kind = '" + kind + "'")) {
                row.next();
                return row.getString(1);
            }
        }

        private static String point(Position position) {
            return "SRID=4326;POINT(" + position.longitude() + " " + position.latitude() + ")";
        }
    }

    private record GridAt(String code, Position position) {}

    /** An incident while its reports come in. */
    private static final class Happening {

        private final Item item;
        private final GridAt grid;
        private final Instant first;
        private final UUID id;
        private final Set<SourceKind> sources = new TreeSet<>();
        private Position position;
        private Instant last;
        private @Nullable Long people;
        private boolean nothingKnown;
        private int reports;

        Happening(Item item, GridAt grid, Instant first, UUID openingReport) {
            this.item = item;
            this.grid = grid;
            this.first = first;
            this.last = first;
            this.position = grid.position();
            this.id = IncidentId.ofIncident(first, openingReport);
        }

        /** Whether a report of this moment would be taken for one of it. */
        boolean isNow(Instant at) {
            return Duration.between(last, at).toMinutes() < item.correlationMinutes() / 2;
        }

        void take(SourceKind kind, @Nullable Long count) {
            sources.add(kind);
            reports++;
            nothingKnown |= count == null;
            if (count != null && (people == null || count > people)) {
                people = count;
            }
        }
    }

    /** Rows on their way, in the text format of COPY. */
    private static final class Rows {

        private final String statement;
        private final StringBuilder text = new StringBuilder();
        private long rows;

        Rows(String statement) {
            this.statement = statement;
        }

        void add(Connection connection, @Nullable Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                text.append(i == 0 ? "" : "\t");
                Object value = values[i];
                text.append(value == null ? NULL : value.toString().replace("\\", "\\\\"));
            }
            text.append('\n');
            rows++;
            if (text.length() > FLUSH_AT) {
                flush(connection);
            }
        }

        void flush(Connection connection) throws SQLException {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            copy.endCopy();
            text.setLength(0);
        }
    }
}
