package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.citybrain.api.ApiApplication;
import org.citybrain.infrastructure.Ports;
import org.citybrain.local.LocalPorts;
import org.citybrain.local.simulate.CityClient;
import org.citybrain.local.simulate.Place;
import org.citybrain.migrations.ServiceLogin;

/**
 * {@code ./city-brain bench live}: what it costs to hand the live stream to five hundred readers while reports come in. The system is up; beside it one more
 * city-brain-api, in a process of its own, serves them. In turns with it {@link LiveLimit}, in another process, tells as many readers of the same units what was just
 * told, byte by byte; meanwhile nothing comes in, so that the limit has the machine for itself. Compared is the processor's time of the two processes for an event told.
 */
public final class LiveBench {

    private static final String SOURCE = "bench-live";
    private static final int REPORTS_PER_SECOND = 200;
    /** As in a storm: most reports are of matters that are open already. */
    private static final int PER_MATTER = 10;

    private static final int MATTERS = 4_000;
    private static final Duration SILENCE = Duration.ofSeconds(1);
    /** What is told later is not of that turn: while the system runs on, deadlines pass, and are told too. */
    private static final Duration LONGEST_TAIL = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOK_AGAIN_MILLIS = 20;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Rounds rounds;
    private final MadeUpReports madeUp;
    private final BatchPosts posts;
    private final Side product;
    private final Side bare;
    private final Path file;

    private LiveBench(Rounds rounds, MadeUpReports madeUp, BatchPosts posts, Side product, Side bare, Path file) {
        this.rounds = rounds;
        this.madeUp = madeUp;
        this.posts = posts;
        this.product = product;
        this.bare = bare;
        this.file = file;
    }

    /** {@code FOLDER PORT_BASE [--quick]} of a system that is up and has taken no reports. */
    public static void main(String[] arguments) throws Exception {
        boolean isQuick = arguments.length > 2 && arguments[2].equals("--quick");
        Rounds rounds = new Rounds(
                isQuick ? Duration.ofSeconds(30) : Duration.ofSeconds(90),
                5,
                isQuick ? Duration.ofSeconds(4) : Duration.ofSeconds(15),
                0);
        BenchSystem system = new BenchSystem(Path.of(arguments[0]), new LocalPorts(Integer.parseInt(arguments[1])));
        Machine machine = Machine.here();
        System.out.println(machine.describe());
        List<Place> grids;
        try (CityClient city = new CityClient(system.ports(), system.folder())) {
            grids = city.listGrids();
        }
        MadeUpReports madeUp = new MadeUpReports(SOURCE, grids, MATTERS);
        BatchPosts posts = new BatchPosts(system.ports(), system.register(SOURCE, MadeUpReports.types(), 100_000));
        List<String> units = Audience.units(grids);
        Path file = system.folder().resolve("told.json");
        int apiPort = Ports.findFree();
        int limitPort = Ports.findFree();
        try (ChildJvm api = startApi(system, apiPort);
                ChildJvm limit = startLimit(system, limitPort, file);
                StreamLoad apiReaders = new StreamLoad(apiPort);
                StreamLoad limitReaders = new StreamLoad(limitPort)) {
            long heapBefore = LiveHeap.bytes(api.pid());
            apiReaders.open(screens(system, units));
            limitReaders.open(units.stream()
                    .map(unit -> new StreamLoad.Screen(unit, LiveLimit.PATH + unit, "none"))
                    .toList());
            Findings findings = new LiveBench(
                            rounds, madeUp, posts, new Side(api, apiReaders), new Side(limit, limitReaders), file)
                    .measure();
            heap(heapBefore, LiveHeap.bytes(api.pid()), units.size(), findings);
            findings.figure("machine", machine);
            findings.print();
        }
    }

    private static ChildJvm startApi(BenchSystem system, int port) throws IOException, InterruptedException {
        return BenchService.start(
                ApiApplication.class,
                port,
                system.folder().resolve("logs/live-api.log"),
                Map.of("CITY_BRAIN_API_PASSWORD", system.password(ServiceLogin.API)),
                List.of(
                        "CITY_BRAIN_KAFKA=127.0.0.1:" + system.ports().kafka(),
                        "CITY_BRAIN_DATABASE_URL=" + system.url(BenchSystem.DATABASE),
                        "CITY_BRAIN_ISSUER=" + LocalPorts.url(system.ports().identity()),
                        "CITY_BRAIN_EVIDENCE_FOLDER=" + system.folder().resolve("evidence")));
    }

    private static ChildJvm startLimit(BenchSystem system, int port, Path file) throws IOException {
        return ChildJvm.start(
                        LiveLimit.class,
                        system.folder().resolve("logs/live-limit.log"),
                        true,
                        Map.of(),
                        List.of(Integer.toString(port), file.toString()))
                .awaitReady();
    }

    /** Each reader is a person of their own: one has only so many streams. */
    private static List<StreamLoad.Screen> screens(BenchSystem system, List<String> units) throws Exception {
        BenchTokens tokens = BenchTokens.of(system);
        List<StreamLoad.Screen> screens = new ArrayList<>();
        for (String unit : units) {
            screens.add(new StreamLoad.Screen(unit, "/v1/stream", tokens.operator("reader-" + screens.size(), unit)));
        }
        return screens;
    }

    private Findings measure() throws IOException, InterruptedException {
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        do {
            round();
        } while (System.nanoTime() < warmUntil);
        System.out.printf(
                "Warmed up. %d reports a second, one of %d opens an incident.%n%n%-6s %14s %16s %16s %12s %12s%n",
                REPORTS_PER_SECOND,
                PER_MATTER,
                "round",
                "events told",
                "product, µs each",
                "bare, µs each",
                "age p50, ms",
                "p99, ms");
        List<Round> all = new ArrayList<>();
        for (int i = 1; i <= rounds.count(); i++) {
            Round round = round();
            all.add(round);
            System.out.printf(
                    Locale.ROOT,
                    "%-6d %,14d %16.1f %16.1f %12.0f %12.0f%n",
                    i,
                    round.told(),
                    round.productMicros(),
                    round.bareMicros(),
                    round.ageP50(),
                    round.ageP99());
        }
        return findings(all);
    }

    private Findings findings(List<Round> all) {
        long told = all.stream().mapToLong(Round::told).sum();
        double productMicros = median(all, Round::productMicros);
        double bareMicros = median(all, Round::bareMicros);
        System.out.printf(
                Locale.ROOT,
                "%nMedians: city-brain-api %.1f µs of CPU for an event told, bare Netty %.1f: ratio %.2f (bare over product; 1 would be as cheap).%n"
                        + "A line was %.0f ms old when a reader had it (p50), %.0f ms (p99). %,d events told in %d rounds.%n",
                productMicros,
                bareMicros,
                bareMicros / productMicros,
                median(all, Round::ageP50),
                median(all, Round::ageP99),
                told,
                all.size());
        Findings findings = new Findings("live");
        findings.ratio("liveOverNetty", bareMicros / productMicros);
        findings.figure("apiCpuMicrosOfAnEvent", productMicros);
        findings.figure("nettyCpuMicrosOfAnEvent", bareMicros);
        findings.figure("eventsTold", told);
        findings.figure("ageP50Millis", median(all, Round::ageP50));
        findings.figure("ageP99Millis", median(all, Round::ageP99));
        return findings;
    }

    private static void heap(long before, long after, int readers, Findings findings) {
        System.out.printf(
                Locale.ROOT,
                "Live heap of city-brain-api: %.0f MB with %d readers, %.0f MB before the first came.%n",
                after / BYTES_PER_MEGABYTE,
                readers,
                before / BYTES_PER_MEGABYTE);
        findings.figure("readers", (long) readers);
        findings.figure("heapMegabytesWithReaders", after / BYTES_PER_MEGABYTE);
        findings.figure("heapMegabytesBeforeReaders", before / BYTES_PER_MEGABYTE);
    }

    /** First the product, while reports come in; then the limit tells what it told. */
    private Round round() throws IOException, InterruptedException {
        double before = product.cpuSeconds();
        StreamLoad.Turn told = product.readers().begin();
        post();
        await(product, LONGEST_TAIL, () -> told.silence().compareTo(SILENCE) >= 0);
        double productSeconds = product.cpuSeconds() - before;

        told.recording().write(file);
        bare.process().ask("load");
        before = bare.cpuSeconds();
        StreamLoad.Turn again = bare.readers().begin();
        long written = (long) bare.process().ask("tell");
        if (!await(bare, PATIENCE, () -> again.told() == written)) {
            throw new IllegalStateException("the bare server told " + again.told() + " events: expected " + written);
        }
        double bareSeconds = bare.cpuSeconds() - before;
        return new Round(
                told.told(),
                micros(productSeconds, told.told()),
                micros(bareSeconds, written),
                told.ages().millis(0.5),
                told.ages().millis(0.99));
    }

    /** A steady rate, for a turn: a report of each matter after the other, and then the next of each. */
    private void post() throws IOException, InterruptedException {
        long second = TimeUnit.SECONDS.toNanos(1);
        long due = System.nanoTime();
        for (long seconds = rounds.turn().toSeconds(); seconds > 0; seconds--) {
            List<String> bodies = madeUp.next(REPORTS_PER_SECOND, PER_MATTER);
            for (String body : bodies) {
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                posts.post(body);
                due += second / bodies.size();
            }
        }
    }

    /** Whether it came about in time, and no stream ended meanwhile. */
    private static boolean await(Side side, Duration patience, BooleanSupplier reached) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (!reached.getAsBoolean() && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        side.readers().requireAll();
        return reached.getAsBoolean();
    }

    private static double micros(double seconds, long told) {
        return seconds * 1e6 / Math.max(1, told);
    }

    private static double median(List<Round> all, ToDoubleFunction<Round> figure) {
        return Rounds.median(all.stream().mapToDouble(figure).toArray());
    }

    /** A server's process and those who read from it. */
    private record Side(ChildJvm process, StreamLoad readers) {

        double cpuSeconds() throws IOException {
            return Cpu.seconds(process.pid());
        }
    }

    private record Round(long told, double productMicros, double bareMicros, double ageP50, double ageP99) {}
}
