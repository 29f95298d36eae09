package org.citybrain.dispatch.rehearse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.messages.Basis;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stored incidents as a stream: partition by partition, in slices of pages that several workers copy out at once, all of the same snapshot.
 * The transactions only read and draw no transaction id, so the relay's bound does not wait for them; what the snapshot holds up is vacuum,
 * for the seconds that it is held. They take no lock that the pipeline would wait for.
 */
@Component
class PostgresStoredIncidents {

    /** 32 MB: some tens of thousands of incidents. */
    private static final int PAGES_PER_SLICE = 4_096;

    /** Grade records that are fetched at once, where columns are not enough. */
    private static final int RECORDS_PER_FETCH = 500;

    private static final String PARTITIONS = """
            select format('%I.%I', n.nspname, c.relname) as name,
                   pg_relation_size(c.oid) / current_setting('block_size')::bigint as pages
            from pg_inherits i
            join pg_class c on c.oid = i.inhrelid
            join pg_namespace n on n.oid = c.relnamespace
            where i.inhparent = 'dispatch.incident'::regclass
            order by c.relname
            """;

    /**
     * Reads a range of pages, whatever lies on them. An incident that became part of another lives on in that one. COPY takes no
     * parameters: all that is filled in are numbers, times and names out of the catalogue.
     */
    private static final String COPY = """
            copy (
                select id, type, level, scope, graded_by_person, commanding_unit, unit_codes, sources, people_reported, people_estimated,
                       area_km2, area_basis, deaths, serious_injuries, loss_yuan, nothing_known, key_places, people_affected,
                       grading_version, routing_version, catalogue_version
                from {partition}
                where ctid >= '({first},0)'::tid and ctid < '({next},0)'::tid and {period} and status <> 'MERGED'
            ) to stdout (format binary)""";

    private static final String RECORDS = "select id, grade::text as grade from dispatch.incident where id = any (?)";

    private final DataSource dataSource;

    PostgresStoredIncidents(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Reads all incidents that were opened in the period.
     *
     * @param workers how many threads, each with a connection of its own
     * @param visitors one for each worker
     */
    void read(Period period, int workers, Supplier<Visitor> visitors, Course course) {
        try (Connection holder = PostgresCopyOut.reading(dataSource)) {
            String snapshot = text(holder, "select pg_export_snapshot()");
            List<Slice> slices = slices(holder, period);
            Queue<Slice> waiting = new ConcurrentLinkedQueue<>(slices);
            List<Worker> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                all.add(new Worker(
                        period, snapshot, waiting, 1.0 / Math.max(1, slices.size()), visitors.get(), course));
            }
            run(all, course);
            holder.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException("the stored incidents cannot be read", e);
        }
    }

    private static void run(List<Worker> workers, Course course) {
        try (ExecutorService threads = Executors.newFixedThreadPool(workers.size(), PostgresStoredIncidents::thread)) {
            List<Future<?>> running = new ArrayList<>();
            workers.forEach(worker -> running.add(threads.submit(worker)));
            for (Future<?> worker : running) {
                worker.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a worker failed", e.getCause());
        } catch (InterruptedException e) {
            course.cancel();
            Thread.currentThread().interrupt();
            throw new RehearsalCancelled();
        }
    }

    private static Thread thread(Runnable work) {
        return Thread.ofPlatform().name("rehearsal-worker").daemon(true).unstarted(work);
    }

    private static List<Slice> slices(Connection connection, Period period) throws SQLException {
        List<Slice> slices = new ArrayList<>();
        List<Slice> partitions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PARTITIONS)) {
            while (row.next()) {
                partitions.add(new Slice(row.getString("name"), 0, row.getLong("pages")));
            }
        }
        for (Slice partition : partitions) {
            // By the primary key of the partition.
            String holdsSome = "select exists (select from " + partition.name() + " where " + condition(period) + ")";
            if (!text(connection, holdsSome).equals("t")) {
                continue;
            }
            for (long first = 0; first < partition.next(); first += PAGES_PER_SLICE) {
                slices.add(new Slice(partition.name(), first, Math.min(first + PAGES_PER_SLICE, partition.next())));
            }
        }
        return slices;
    }

    /** An id begins with the millisecond in which its incident was opened. */
    private static String condition(Period period) {
        String before = "id < dispatch.lowest_id_at(" + literal(period.to()) + ")";
        return period.from() == null
                ? before
                : "id >= dispatch.lowest_id_at(" + literal(period.from()) + ") and " + before;
    }

    private static String literal(Instant moment) {
        return "timestamptz '" + moment + "'";
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static StoredIncident incident(CopiedRow row) {
        UUID id = row.uuid();
        String type = row.text();
        String level = row.findText();
        String scope = row.findText();
        boolean gradedByPerson = row.bool();
        String commandingUnit = row.text();
        List<String> grids = row.texts();
        List<String> sources = row.texts();
        Long peopleReported = row.findInt8();
        Long peopleEstimated = row.findInt8();
        double area = row.float8();
        boolean areaIsKnown = !row.text().equals(Basis.DEFAULT.name());
        return new StoredIncident(
                id,
                type,
                level == null ? null : Level.valueOf(level),
                scope == null ? null : HandlingScope.valueOf(scope),
                gradedByPerson,
                commandingUnit,
                grids,
                sources,
                peopleReported,
                peopleEstimated,
                areaIsKnown ? area : null,
                row.findInt8(),
                row.findInt8(),
                row.findInt8(),
                row.bool(),
                row.findInt4(),
                row.int8(),
                row.int4(),
                row.int4(),
                row.int4());
    }

    /** What is done with each incident. Called by one thread. */
    interface Visitor {

        /** Whether the incident is to come with its grade record, a little later. */
        boolean needsRecord(StoredIncident incident);

        void visit(StoredIncident incident, @Nullable GradeRecord record);

        /** There are no more. */
        default void end() {}
    }

    /** @param next the first page that belongs to it no more */
    private record Slice(String name, long first, long next) {}

    private final class Worker implements Runnable {

        private final Period period;
        private final String snapshot;
        private final Queue<Slice> waiting;
        private final double share;
        private final Visitor visitor;
        private final Course course;
        private final List<StoredIncident> withRecord = new ArrayList<>();

        Worker(Period period, String snapshot, Queue<Slice> waiting, double share, Visitor visitor, Course course) {
            this.period = period;
            this.snapshot = snapshot;
            this.waiting = waiting;
            this.share = share;
            this.visitor = visitor;
            this.course = course;
        }

        @Override
        public void run() {
            try (Connection connection = PostgresCopyOut.reading(dataSource)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set transaction snapshot '" + snapshot + "'");
                }
                for (Slice slice = waiting.poll(); slice != null; slice = waiting.poll()) {
                    copy(connection, slice);
                    course.advance(share);
                }
                fetchRecords(connection);
                connection.rollback();
                visitor.end();
            } catch (SQLException e) {
                throw new IllegalStateException("the stored incidents cannot be read", e);
            } finally {
                // The others need not go on for a result that will not be.
                if (!waiting.isEmpty()) {
                    waiting.clear();
                }
            }
        }

        private void copy(Connection connection, Slice slice) throws SQLException {
            String statement = COPY.replace("{partition}", slice.name())
                    .replace("{first}", Long.toString(slice.first()))
                    .replace("{next}", Long.toString(slice.next()))
                    .replace("{period}", condition(period));
            PostgresCopyOut.read(connection, statement, row -> {
                course.goOn();
                visit(incident(row));
            });
            if (withRecord.size() >= RECORDS_PER_FETCH) {
                fetchRecords(connection);
            }
        }

        private void visit(StoredIncident incident) {
            if (visitor.needsRecord(incident)) {
                withRecord.add(incident);
            } else {
                visitor.visit(incident, null);
            }
        }

        /** Expects the primary key of dispatch.incident. */
        private void fetchRecords(Connection connection) throws SQLException {
            for (int from = 0; from < withRecord.size(); from += RECORDS_PER_FETCH) {
                course.goOn();
                List<StoredIncident> some =
                        withRecord.subList(from, Math.min(from + RECORDS_PER_FETCH, withRecord.size()));
                Map<UUID, GradeRecord> records = new HashMap<>();
                try (PreparedStatement select = connection.prepareStatement(RECORDS)) {
                    select.setArray(
                            1,
                            connection.createArrayOf(
                                    "uuid",
                                    some.stream().map(StoredIncident::id).toArray()));
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            records.put(
                                    row.getObject("id", UUID.class),
                                    MessageJson.MAPPER.readValue(row.getString("grade"), GradeRecord.class));
                        }
                    }
                }
                for (StoredIncident incident : some) {
                    visitor.visit(incident, records.get(incident.id()));
                }
            }
            withRecord.clear();
        }
    }
}
