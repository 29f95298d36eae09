package org.citybrain.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.citybrain.dispatch.locate.GridIndex;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * How many places a second dispatch-service finds in its index in memory, against a tree with an exact test in the same JVM and
 * against PostGIS; what the index takes in memory and how long it takes to build. All of them give the answer for the same places, and
 * it is counted where they differ.
 */
final class MeasureLocate implements MapBench.Measurement {

    private static final int PLACES = 1 << 18;
    private static final int BUILDS = 5;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Rounds rounds;
    /** What was found, so that no look-up can be left out as useless. */
    private long sum;

    MeasureLocate(Rounds rounds) {
        this.rounds = rounds;
    }

    @Override
    public void measure(BenchCity city, Findings findings) {
        measure(city, Tier.GRID, "62k", findings);
        measure(city, Tier.MICRO_GRID, "330k", findings);
    }

    private void measure(BenchCity city, Tier tier, String size, Findings findings) {
        List<BenchUnit> units = new ArrayList<>();
        city.forEachUnit(tier, (code, population, boundary) -> units.add(new BenchUnit(code, population, boundary)));
        if (units.isEmpty()) {
            System.out.printf("%nThe demo city has no units of the tier %s: nothing to measure.%n", tier);
            return;
        }
        int vertices =
                units.stream().mapToInt(unit -> unit.boundary().getNumPoints()).sum();
        System.out.printf(
                Locale.ROOT,
                "%n%,d units of the tier %s, %.1f vertices each%n",
                units.size(),
                tier,
                (double) vertices / units.size());
        findings.figure("polygons" + size, units.size());
        findings.figure("verticesPerPolygon" + size, (double) vertices / units.size());

        GridIndex index = build(city, tier, units, size, findings);
        List<Places> places = List.of(Places.uniform(units, PLACES), Places.crowded(units, PLACES));
        try (PostgisUnits postgis = new PostgisUnits(city, tier)) {
            Map<String, Rates> rates = compare(index, units, postgis, places);
            for (Places some : places) {
                note(Objects.requireNonNull(rates.get(some.name())), some.name(), size, findings);
            }
            Rates crowded = Objects.requireNonNull(rates.get("crowded"));
            findings.ratio("locateOverStrtree" + size, crowded.inMemory() / crowded.tree());
            if (tier == Tier.GRID) {
                findings.ratio("locateOverPostgis", crowded.inMemory() / crowded.postgisInSets());
            }
            findings.figure("disagreements" + size, disagreements(index, units, postgis, size, findings));
        }
    }

    /** Builds the index several times, for its time, and keeps the last. */
    private static GridIndex build(BenchCity city, Tier tier, List<BenchUnit> units, String size, Findings findings) {
        double[] seconds = new double[BUILDS];
        GridIndex index = null;
        long heap = 0;
        for (int i = 0; i < BUILDS; i++) {
            index = null;
            long heapBefore = usedHeap();
            long before = System.nanoTime();
            index = build(units);
            seconds[i] = (System.nanoTime() - before) / 1e9;
            heap = usedHeap() - heapBefore;
        }
        GridIndex built = Objects.requireNonNull(index);
        long before = System.nanoTime();
        GridIndex.Builder streamed = new GridIndex.Builder();
        city.forEachUnit(tier, (code, population, boundary) -> streamed.add(boundary));
        double withReading = (streamed.build().size() == built.size() ? System.nanoTime() - before : 0) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "index: %.1f MB (%.1f MB of it vertices; the heap grew by %.1f MB), built in %.2f s (the first time %.2f s), "
                        + "read from PostGIS and built in %.2f s%n",
                built.bytes() / BYTES_PER_MEGABYTE,
                built.bytesOfBoundaries() / BYTES_PER_MEGABYTE,
                heap / BYTES_PER_MEGABYTE,
                Rounds.median(seconds),
                seconds[0],
                withReading);
        findings.figure("indexMegabytes" + size, built.bytes() / BYTES_PER_MEGABYTE);
        findings.figure("indexHeapMegabytes" + size, heap / BYTES_PER_MEGABYTE);
        findings.figure("buildSeconds" + size, Rounds.median(seconds));
        findings.figure("firstBuildSeconds" + size, seconds[0]);
        findings.figure("readAndBuildSeconds" + size, withReading);
        return built;
    }

    /** By itself, so that nothing of what it took is still held when the heap is measured. */
    private static GridIndex build(List<BenchUnit> units) {
        GridIndex.Builder builder = new GridIndex.Builder();
        units.forEach(unit -> builder.add(unit.boundary()));
        return builder.build();
    }

    private Map<String, Rates> compare(
            GridIndex index, List<BenchUnit> units, PostgisUnits postgis, List<Places> places) {
        TreeOfUnits indexed = TreeOfUnits.withIndexedEdges(units);
        TreeOfUnits plain = TreeOfUnits.withPlainEdges(units);
        Map<String, Contest> contests = new LinkedHashMap<>();
        for (Places some : places) {
            List<Coordinate> all = some.all();
            Contest contest = new Contest(rounds.count());
            contest.add("in memory", i -> sum += index.find(all.get(i).x, all.get(i).y));
            contest.add("tree, edges indexed", i -> sum += indexed.find(all.get(i)));
            contest.add("tree, edges walked along", i -> sum += plain.find(all.get(i)));
            contest.add("PostGIS, one by one", i -> sum += length(postgis.find(all.get(i))));
            contest.addSets("PostGIS, sets of 500", PostgisUnits.SET, i -> {
                for (String code : postgis.find(all.subList(i, i + PostgisUnits.SET))) {
                    sum += length(code);
                }
            });
            contests.put(some.name(), contest);
        }
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        while (System.nanoTime() < warmUntil) {
            contests.values().forEach(contest -> contest.warm(rounds.turn().dividedBy(2), PLACES));
        }
        for (int round = 0; round < rounds.count(); round++) {
            for (Contest contest : contests.values()) {
                contest.round(round, rounds.turn(), PLACES);
            }
        }
        Map<String, Rates> rates = new LinkedHashMap<>();
        contests.forEach((name, contest) -> {
            contest.print(name);
            rates.put(
                    name,
                    new Rates(
                            contest.perSecond("in memory"),
                            Math.max(
                                    contest.perSecond("tree, edges indexed"),
                                    contest.perSecond("tree, edges walked along")),
                            contest.perSecond("PostGIS, one by one"),
                            contest.perSecond("PostGIS, sets of 500")));
        });
        return rates;
    }

    private static void note(Rates rates, String name, String size, Findings findings) {
        String suffix = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + size;
        findings.figure("locatesPerSecond" + suffix, rates.inMemory());
        findings.figure("strtreePerSecond" + suffix, rates.tree());
        findings.figure("postgisOneByOnePerSecond" + suffix, rates.postgisOneByOne());
        findings.figure("postgisInSetsPerSecond" + suffix, rates.postgisInSets());
        findings.figure("overStrtree" + suffix, rates.inMemory() / rates.tree());
        findings.figure("overPostgisInSets" + suffix, rates.inMemory() / rates.postgisInSets());
        System.out.printf(
                Locale.ROOT,
                "%-10s in memory is %.1f times the tree, %,.0f times PostGIS in sets, %,.0f times PostGIS one by one%n",
                name,
                rates.inMemory() / rates.tree(),
                rates.inMemory() / rates.postgisInSets(),
                rates.inMemory() / rates.postgisOneByOne());
    }

    /** In how many places the index gives another answer than PostGIS. */
    private long disagreements(
            GridIndex index, List<BenchUnit> units, PostgisUnits postgis, String size, Findings findings) {
        int each = rounds.compared() / 3 / PostgisUnits.SET * PostgisUnits.SET;
        long compared = 0;
        long disagreements = 0;
        for (Places places :
                List.of(Places.uniform(units, each), Places.crowded(units, each), Places.onBorders(units, each))) {
            for (int from = 0; from < each; from += PostgisUnits.SET) {
                List<Coordinate> set = places.all().subList(from, from + PostgisUnits.SET);
                @Nullable String[] byPostgis = postgis.find(set);
                for (int i = 0; i < set.size(); i++) {
                    int found = index.find(set.get(i).x, set.get(i).y);
                    String code = found < 0 ? null : units.get(found).code();
                    disagreements += Objects.equals(code, byPostgis[i]) ? 0 : 1;
                    compared++;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d places, a third of them on borders: %,d answers differ from PostGIS'%n",
                compared,
                disagreements);
        findings.figure("compared" + size, compared);
        return disagreements;
    }

    private static int length(@Nullable String code) {
        return code == null ? 0 : code.length();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Places per second. */
    private record Rates(double inMemory, double tree, double postgisOneByOne, double postgisInSets) {}

    /** Those that are compared for the same places, each with its turn in every round. */
    private static final class Contest {

        private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 500;

        private final int rounds;
        private final Map<String, Contestant> contestants = new LinkedHashMap<>();

        Contest(int rounds) {
            this.rounds = rounds;
        }

        void add(String name, IntConsumer find) {
            contestants.put(name, new Contestant(1, find, rounds));
        }

        /** @param find looks for so many places from this one on */
        void addSets(String name, int set, IntConsumer find) {
            contestants.put(name, new Contestant(set, find, rounds));
        }

        void warm(Duration turn, int places) {
            contestants.values().forEach(contestant -> contestant.run(turn, places));
        }

        void round(int round, Duration turn, int places) {
            contestants.values().forEach(contestant -> contestant.perSecond[round] = contestant.run(turn, places));
        }

        double perSecond(String name) {
            return Rounds.median(Objects.requireNonNull(contestants.get(name)).perSecond);
        }

        void print(String places) {
            System.out.printf("%n%-34s %14s%n", places + " places", "per second");
            contestants
                    .keySet()
                    .forEach(name -> System.out.printf(Locale.ROOT, "%-34s %,14.0f%n", name, perSecond(name)));
        }
    }

    private static final class Contestant {

        private final int set;
        private final IntConsumer find;
        private final double[] perSecond;

        Contestant(int set, IntConsumer find, int rounds) {
            this.set = set;
            this.find = find;
            this.perSecond = new double[rounds];
        }

        double run(Duration turn, int places) {
            long began = System.nanoTime();
            long until = began + turn.toNanos();
            long done = 0;
            int next = 0;
            do {
                for (int i = 0; i < Contest.BETWEEN_LOOKS_AT_THE_CLOCK; i += set) {
                    if (next + set > places) {
                        next = 0;
                    }
                    find.accept(next);
                    next += set;
                    done += set;
                }
            } while (System.nanoTime() < until);
            return done / ((System.nanoTime() - began) / 1e9);
        }
    }
}
