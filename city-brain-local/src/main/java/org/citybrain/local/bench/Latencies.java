package org.citybrain.local.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** How long answers took, and what they were. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();

    void add(long took, int status) {
        nanos.add(took);
        statuses.merge(status, 1, Integer::sum);
    }

    int count() {
        return nanos.size();
    }

    /** How often each status was answered; 0 stands for no answer. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** @param quantile 0.99: what 99 of 100 took at most */
    double millis(double quantile) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e6;
    }
}
