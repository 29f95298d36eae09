package org.citybrain.local.bench;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.citybrain.dispatch.locate.GridIndex;
import org.locationtech.jts.geom.Coordinate;

/** The index of a whole country's grids: what it takes in memory, how long it takes to build, and how many places a second it finds. */
final class MeasureCountry {

    private static final int PREFECTURES = 340;
    private static final int PREFECTURES_WHEN_QUICK = 34;
    private static final int PLACES = 1 << 20;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Rounds rounds;
    /** What was found, so that no look-up can be left out as useless. */
    private volatile long sum;

    MeasureCountry(Rounds rounds) {
        this.rounds = rounds;
    }

    void measure(Findings findings) {
        MadeUpCountry country = new MadeUpCountry(rounds.equals(Rounds.quick()) ? PREFECTURES_WHEN_QUICK : PREFECTURES);
        long heapBefore = usedHeap();
        Built built = build(country);
        GridIndex index = built.index();
        double heap = (usedHeap() - heapBefore) / BYTES_PER_MEGABYTE;
        System.out.printf(
                Locale.ROOT,
                "%,d made-up grids, %d vertices each: index %,.0f MB (%,.0f MB of it vertices; the heap grew by %,.0f MB), "
                        + "built in %.1f s, %.1f s of it to make the polygons up and take them in%n",
                index.size(),
                country.verticesOfEach(),
                index.bytes() / BYTES_PER_MEGABYTE,
                index.bytesOfBoundaries() / BYTES_PER_MEGABYTE,
                heap,
                built.seconds(),
                built.secondsToRead());
        findings.figure("polygons", index.size());
        findings.figure("verticesPerPolygon", country.verticesOfEach());
        findings.figure("indexMegabytes", index.bytes() / BYTES_PER_MEGABYTE);
        findings.figure("indexHeapMegabytes", heap);
        findings.figure("buildSeconds", built.seconds());

        SplittableRandom random = new SplittableRandom(20260701);
        int[] numbers = new int[PLACES];
        Coordinate[] places = new Coordinate[PLACES];
        long wrong = 0;
        for (int i = 0; i < PLACES; i++) {
            numbers[i] = random.nextInt(country.size());
            places[i] = country.inside(numbers[i], random.nextDouble(), random.nextDouble());
            wrong += index.find(places[i].x, places[i].y) == numbers[i] ? 0 : 1;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        long warmUntil = System.nanoTime() + rounds.warmUp().toNanos();
        while (System.nanoTime() < warmUntil) {
            perSecond(index, places, cores);
        }
        double[] one = new double[rounds.count()];
        double[] all = new double[rounds.count()];
        for (int round = 0; round < rounds.count(); round++) {
            one[round] = perSecond(index, places, 1);
            all[round] = perSecond(index, places, cores);
        }
        System.out.printf(
                Locale.ROOT,
                "%,.0f places a second in one thread, %,.0f in %d; of %,d places %,d were found in a wrong grid%n",
                Rounds.median(one),
                Rounds.median(all),
                cores,
                PLACES,
                wrong);
        findings.figure("locatesPerSecond", Rounds.median(one));
        findings.figure("locatesPerSecondOnAllCores", Rounds.median(all));
        findings.figure("wrong", wrong);
    }

    private double perSecond(GridIndex index, Coordinate[] places, int threads) {
        long began = System.nanoTime();
        long until = began + rounds.turn().toNanos();
        long[] done = new long[threads];
        try {
            InParallel.run(threads, thread -> {
                long found = 0;
                int at = PLACES / threads * thread;
                while (System.nanoTime() < until) {
                    for (int i = 0; i < 1_000; i++) {
                        Coordinate place = places[at];
                        found += index.find(place.x, place.y);
                        at = at + 1 == PLACES ? 0 : at + 1;
                    }
                    done[thread] += 1_000;
                }
                sum = found;
            });
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("places cannot be looked for", failure);
        }
        long total = 0;
        for (long one : done) {
            total += one;
        }
        return total / ((System.nanoTime() - began) / 1e9);
    }

    /** What it is built with is gone afterwards. */
    private static Built build(MadeUpCountry country) {
        long before = System.nanoTime();
        GridIndex.Builder builder = new GridIndex.Builder();
        for (int i = 0; i < country.size(); i++) {
            builder.add(country.grid(i));
        }
        double secondsToRead = (System.nanoTime() - before) / 1e9;
        return new Built(builder.build(), secondsToRead, (System.nanoTime() - before) / 1e9);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** @param seconds in all, those to make the polygons up and take them in included */
    private record Built(GridIndex index, double secondsToRead, double seconds) {}
}
