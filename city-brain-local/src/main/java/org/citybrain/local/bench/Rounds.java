package org.citybrain.local.bench;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long is measured.
 *
 * @param warmUp what runs before anything counts: a JVM on two cores is warm after a minute and more
 * @param count rounds, of which the median is taken
 * @param turn how long each of those that are compared has its turn in a round
 * @param compared places whose answers are compared with PostGIS'
 */
record Rounds(Duration warmUp, int count, Duration turn, int compared) {

    static Rounds full() {
        return new Rounds(Duration.ofSeconds(90), 7, Duration.ofSeconds(1), 1_000_000);
    }

    static Rounds quick() {
        return new Rounds(Duration.ofSeconds(10), 5, Duration.ofMillis(400), 100_000);
    }

    static double most(double... values) {
        return Arrays.stream(values).max().orElse(0);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
