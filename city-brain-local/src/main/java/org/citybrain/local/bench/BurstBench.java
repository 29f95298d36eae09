package org.citybrain.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/**
 * {@code ./city-brain bench burst}: finds the rate that the system sustains; at half of it, how long a report takes from being posted to the tasks that the API
 * shows; then three times that rate, and what becomes of it: what was accepted is counted against what was stored, and meanwhile the live figures and the memory of the
 * whole system are sampled. Of two reports one is merged, as in a storm. Nobody acknowledges anything, so during the burst deadlines are missed by the thousand: the sweeps give way
 * to reports, and how late they are is sampled as well.
 */
public final class BurstBench {

    private static final String SOURCE = "bench-burst";
    private static final String OVER = "bench-over-rate";
    private static final int PER_MATTER = 2;
    private static final int MATTERS = 900_000;
    private static final int MOST_WARM_UP = 150_000;
    private static final int MOST_AT_ONCE = 16;
    private static final int CONNECTIONS = 4;
    private static final int MOST_BATCHES_WAITING = 8;
    private static final int PROBES_PER_SECOND = 5;
    private static final int TIMES = 3;
    private static final int ALLOWED_OVER = 20;
    private static final Duration SAMPLE = Duration.ofSeconds(2);
    private static final Duration CATCH_UP = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    /** What gateways send together while nothing special happens: with 500 a probe would wait for half of a second's reports at once. */
    private static final int PER_SMALL_BATCH = 50;

    private static final double BYTES_PER_MEGABYTE = 1e6;

    private static final String TAKEN = "select coalesce(sum(next_offset), 0) from dispatch.consumed_partition";

    private static final String STORED =
            "select count(*) from dispatch.report where source_id in ('" + SOURCE + "', '" + OVER + "')";

    private final BenchSystem system;
    private final Connection stored;
    private final String key;
    private final MadeUpReports madeUp;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String metricsKey = Objects.requireNonNullElse(System.getenv("CITY_BRAIN_METRICS_KEY"), "");
    private final Deque<String> batches = new ArrayDeque<>();
    private final Deque<String> smallBatches = new ArrayDeque<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
    private final AtomicLong withoutRetryAfter = new AtomicLong();

    private BurstBench(BenchSystem system, Connection stored, String key, MadeUpReports madeUp) {
        this.system = system;
        this.stored = stored;
        this.key = key;
        this.madeUp = madeUp;
    }

    /** {@code FOLDER PORT_BASE [--quick]} of a system that is up and has taken no reports. */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = arguments.length > 2 && arguments[2].equals("--quick");
        BenchSystem system = new BenchSystem(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])));
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        List<Place> grids;
        try (CityClient city = new CityClient(system.ports(), system.folder())) {
            grids = city.listGrids();
        }
        String key = system.register(SOURCE, MadeUpReports.types(), 100_000);
        try (Connection stored = system.connect(BenchSystem.DATABASE)) {
            BurstBench bench = new BurstBench(system, stored, key, new MadeUpReports(SOURCE, grids, MATTERS));
            Findings findings = new Findings("burst");
            bench.measure(
                    isQuick ? Duration.ofSeconds(20) : Duration.ofSeconds(90),
                    isQuick ? Duration.ofSeconds(15) : Duration.ofSeconds(60),
                    grids.getFirst(),
                    findings);
            findings.figure("machine", machine);
            findings.print();
        }
    }

    private void measure(Duration warmUp, Duration phase, Place place, Findings findings) throws Exception {
        long warmUntil = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() < warmUntil && accepted.get() < MOST_WARM_UP) {
            sustain(Duration.ofSeconds(5));
        }
        double sustained = sustain(phase);
        awaitNothingWaiting();
        // What was stored is still being published and told.
        TimeUnit.NANOSECONDS.sleep(CATCH_UP.toNanos());
        System.out.printf(
                Locale.ROOT,
                "Warmed up. Sustained: %,.0f reports a second, half of them merged, never more than %d batches waiting.%n",
                sustained,
                MOST_BATCHES_WAITING);
        findings.figure("sustainedPerSecond", sustained);
        // Nobody has asked for a report or an incident so far: that, too, has to be warm.
        latencies(sustained / 2, phase);
        Latencies latencies = latencies(sustained / 2, phase);
        System.out.printf(
                Locale.ROOT,
                "%nAt half of it (%,.0f a second), posted → tasks visible by the API: p50 %.0f ms, p99 %.0f ms (goal: under 250 ms), of %d reports.%n",
                sustained / 2,
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.count());
        findings.figure("visibleP50Millis", latencies.millis(0.5));
        findings.figure("visibleP99Millis", latencies.millis(0.99));
        findings.figure("probes", latencies.count());
        awaitNothingWaiting();
        burst(sustained * TIMES, phase, place, findings);
    }

    /** Posts as fast as batches are worked off, and tells how many reports a second were. */
    private double sustain(Duration duration) throws Exception {
        long before = number(TAKEN);
        long began = System.nanoTime();
        InParallel.run(CONNECTIONS, thread -> {
            while (System.nanoTime() - began < duration.toNanos()) {
                if (waiting() < (long) MOST_BATCHES_WAITING * MadeUpReports.PER_BATCH) {
                    post(nextBatch());
                } else {
                    TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
                }
            }
        });
        return (number(TAKEN) - before) * 1e9 / (System.nanoTime() - began);
    }

    private long waiting() throws SQLException {
        return accepted.get() - number(TAKEN);
    }

    /** At a steady rate, probes beside it. */
    private Latencies latencies(double perSecond, Duration duration) throws Exception {
        Latencies latencies = new Latencies();
        TaskProbe probe = TaskProbe.of(system, http, key);
        long pause = TimeUnit.SECONDS.toNanos(1) / PROBES_PER_SECOND;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> load = threads.submit(() -> paced(perSecond, PER_SMALL_BATCH, this::nextSmallBatch, duration));
            long began = System.nanoTime();
            for (long due = began; due - began < duration.toNanos(); due += pause) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                String report = madeUp.next(1, 1).getFirst();
                threads.execute(() -> probe(probe, report, latencies));
            }
            load.get();
        }
        return latencies;
    }

    private void probe(TaskProbe probe, String report, Latencies latencies) {
        try {
            latencies.add(probe.nanosUntilTasks(report, accepted::incrementAndGet), 0);
        } catch (IOException failure) {
            latencies.add(TaskProbe.PATIENCE.toNanos(), 0);
            System.out.println("a probe failed: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void burst(double perSecond, Duration duration, Place place, Findings findings) throws Exception {
        statuses.clear();
        withoutRetryAfter.set(0);
        int needed = (int) (perSecond * duration.toSeconds() / MadeUpReports.PER_BATCH) + 1;
        while (batches.size() < needed) {
            batches.addAll(madeUp.next(PER_MATTER * MadeUpReports.PER_BATCH, PER_MATTER));
        }
        long acceptedBefore = accepted.get();
        System.out.printf(
                Locale.ROOT,
                "%nA burst of %,.0f reports a second for %d s; beside it a gateway that posts %d times its rate of %d a second.%n%n%6s %12s %12s %14s %14s %12s %12s%n",
                perSecond,
                duration.toSeconds(),
                TIMES,
                ALLOWED_OVER,
                "s",
                "accepted",
                "waiting",
                "oldest, s",
                "deadlines, s",
                "JVM, MB",
                "PG, MB");
        Latencies over = new Latencies();
        double mostWaiting = 0;
        double oldest = 0;
        double latest = 0;
        double mostMemory = 0;
        long began = System.nanoTime();
        FutureTask<?> burst =
                new FutureTask<>(() -> paced(perSecond, MadeUpReports.PER_BATCH, this::nextBatch, duration), null);
        Thread.ofVirtual().start(burst);
        try (BenchGateway gateway = BenchGateway.register(system.folder(), system.ports(), OVER, ALLOWED_OVER, place)) {
            Thread beside = Thread.ofVirtual().start(() -> gateway.post(TIMES * ALLOWED_OVER, duration, over));
            boolean isOver = false;
            while (!isOver) {
                TimeUnit.NANOSECONDS.sleep(SAMPLE.toNanos());
                String metrics = metrics();
                SystemMemory memory = SystemMemory.now(system);
                double waiting = metric(metrics, "citybrain_dispatch_waiting");
                double age = metric(metrics, "citybrain_dispatch_waiting_oldest_seconds");
                double late = metric(metrics, "citybrain_dispatch_deadlines_overdue_age_seconds");
                System.out.printf(
                        Locale.ROOT,
                        "%6.0f %,12d %,12.0f %14.1f %14.1f %,12.0f %,12.0f%n",
                        (System.nanoTime() - began) / 1e9,
                        accepted.get() - acceptedBefore,
                        waiting,
                        age,
                        late,
                        memory.services() / BYTES_PER_MEGABYTE,
                        memory.postgres() / BYTES_PER_MEGABYTE);
                mostWaiting = Math.max(mostWaiting, waiting);
                oldest = Math.max(oldest, age);
                latest = Math.max(latest, late);
                mostMemory = Math.max(mostMemory, memory.all() / BYTES_PER_MEGABYTE);
                isOver = burst.isDone() && !beside.isAlive() && waiting == 0 && waiting() + overAccepted(over) <= 0;
            }
        }
        burst.get();
        double drained = (System.nanoTime() - began) / 1e9;
        long all = accepted.get() + overAccepted(over);
        long inDatabase = number(STORED);
        System.out.printf(
                Locale.ROOT,
                "%nBatches: %s, of them %d refusals without Retry-After; reports accepted in the burst %,d, refused in batches %,d. The gateway over its rate: %s.%n"
                        + "Drained %.0f s after the burst began; at most %,.0f waited, the oldest %.1f s; deadlines were at most %.0f s late. Accepted in all %,d, stored %,d.%n"
                        + "Memory of the whole system, JVM and PostgreSQL: at most %,.0f MB (goal: under 2,000).%n",
                statuses,
                withoutRetryAfter.get(),
                accepted.get() - acceptedBefore,
                refused.get(),
                over.statuses(),
                drained,
                mostWaiting,
                oldest,
                latest,
                all,
                inDatabase,
                mostMemory);
        findings.figure("burstPerSecond", perSecond);
        findings.figure("burstAccepted", accepted.get() - acceptedBefore);
        findings.figure("acceptedAndNotStored", all - inDatabase);
        findings.figure("refusalsWithoutRetryAfter", withoutRetryAfter.get());
        findings.figure("overRateAnswers", over.statuses());
        findings.figure("drainedAfterSeconds", drained);
        findings.figure("mostWaiting", mostWaiting);
        findings.figure("oldestWaitingSeconds", oldest);
        findings.figure("deadlinesLateSeconds", latest);
        findings.figure("memoryMegabytes", mostMemory);
    }

    private static int overAccepted(Latencies over) {
        return over.statuses().getOrDefault(202, 0);
    }

    /** Batches at a steady rate; what is late is sent as soon as a connection is free. */
    private void paced(double perSecond, int perBatch, Supplier<String> next, Duration duration) {
        long pause = (long) (perBatch * 1e9 / perSecond);
        Semaphore connections = new Semaphore(MOST_AT_ONCE);
        long began = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = began; due - began < duration.toNanos(); due += pause) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                connections.acquireUninterruptibly();
                String body = next.get();
                senders.execute(() -> {
                    try {
                        post(body);
                    } catch (IOException failure) {
                        statuses.merge(0, 1, Integer::sum);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    } finally {
                        connections.release();
                    }
                });
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String nextBatch() {
        if (batches.isEmpty()) {
            batches.addAll(madeUp.next(PER_MATTER * MadeUpReports.PER_BATCH, PER_MATTER));
        }
        return batches.removeFirst();
    }

    private synchronized String nextSmallBatch() {
        if (smallBatches.isEmpty()) {
            List<String> lines = nextBatch().lines().toList();
            for (int from = 0; from < lines.size(); from += PER_SMALL_BATCH) {
                smallBatches.add(
                        String.join("\n", lines.subList(from, Math.min(from + PER_SMALL_BATCH, lines.size()))));
            }
        }
        return smallBatches.removeFirst();
    }

    private void post(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(intake("/v1/reports/batch"))
                        .header("X-Api-Key", key)
                        .header("Content-Type", "application/x-ndjson")
                        .timeout(TaskProbe.PATIENCE)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() == 200) {
            JsonNode verdict = MessageJson.MAPPER.readTree(answer.body());
            accepted.addAndGet(verdict.get("accepted").asLong());
            refused.addAndGet(verdict.get("rejected").size());
        } else if (answer.headers().firstValue("Retry-After").isEmpty()) {
            withoutRetryAfter.incrementAndGet();
        }
    }

    private void awaitNothingWaiting() throws Exception {
        while (waiting() > 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String metrics() throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(LocalPorts.url(system.ports().dispatch()) + "/actuator/prometheus"))
                                .header("Authorization", "Bearer " + metricsKey)
                                .timeout(TaskProbe.PATIENCE)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** -1 where it is not told. */
    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    private URI intake(String path) {
        return URI.create(LocalPorts.url(system.ports().intake()) + path);
    }

    private synchronized long number(String query) throws SQLException {
        try (Statement statement = stored.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
