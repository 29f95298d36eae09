package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.citybrain.dispatch.consume.ReportsUnderWay;
import org.springframework.stereotype.Component;

/**
 * New reports go before deadlines: after each batch a lane rests for as long as reports were dispatched here meanwhile, times a factor.
 * Where none come, it does not rest; where all threads have reports all the time, it works a fifth of the time and never less than its
 * batch between two of the longest rests, so that deadlines are late then, but watched.
 */
@Component
class GiveWayToReports {

    private static final int TIMES = 2;
    private static final Duration MOST = Duration.ofSeconds(2);

    private final ReportsUnderWay reportsUnderWay;

    GiveWayToReports(ReportsUnderWay reportsUnderWay) {
        this.reportsUnderWay = reportsUnderWay;
    }

    /** @return what the batch returns */
    int after(IntSupplier batch) {
        Duration before = reportsUnderWay.time();
        int looked = batch.getAsInt();
        rest(restAfter(reportsUnderWay.time().minus(before)));
        return looked;
    }

    static Duration restAfter(Duration dispatchedMeanwhile) {
        Duration rest = dispatchedMeanwhile.multipliedBy(TIMES);
        return rest.compareTo(MOST) > 0 ? MOST : rest;
    }

    /** The scheduler interrupts its lanes when it ends: then the batch that follows fails or is not begun. */
    private static void rest(Duration rest) {
        try {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
