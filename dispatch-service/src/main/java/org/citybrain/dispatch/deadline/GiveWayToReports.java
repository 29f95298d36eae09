package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.citybrain.dispatch.consume.ReportsUnderWay;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * New reports go before deadlines: after each batch a lane rests for four times the time for which reports were being dispatched here
 * meanwhile. Where none come it goes on at once; while they are dispatched all the time it works a fifth of its time. A batch always
 * follows, after {@link DeadlineSettings#mostRest} at the latest: deadlines are late then, but watched.
 */
@Component
class GiveWayToReports {

    private static final int TIMES = 4;

    private final ReportsUnderWay reportsUnderWay;
    private final Duration most;
    private final Consumer<Duration> pause;

    @Autowired
    GiveWayToReports(ReportsUnderWay reportsUnderWay, DeadlineSettings settings) {
        this(reportsUnderWay, settings.mostRest(), GiveWayToReports::sleep);
    }

    GiveWayToReports(ReportsUnderWay reportsUnderWay, Duration most, Consumer<Duration> pause) {
        this.reportsUnderWay = reportsUnderWay;
        this.most = most;
        this.pause = pause;
    }

    /**
     * Works off a batch and gives way afterwards; not where there was nothing to do.
     *
     * @return how many incidents the batch has looked at
     */
    int afterwards(IntSupplier batch) {
        Duration before = reportsUnderWay.time();
        int looked = batch.getAsInt();
        Duration rest = reportsUnderWay.time().minus(before).multipliedBy(TIMES);
        if (looked > 0 && rest.isPositive()) {
            pause.accept(rest.compareTo(most) > 0 ? most : rest);
        }
        return looked;
    }

    /** Whoever is interrupted begins no further batch. */
    private static void sleep(Duration rest) {
        try {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
