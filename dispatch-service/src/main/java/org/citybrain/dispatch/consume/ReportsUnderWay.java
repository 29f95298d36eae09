package org.citybrain.dispatch.consume;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/** For how long this instance has been dispatching reports, all its threads together: what can wait looks at it, and lets them go first. */
@Component
public class ReportsUnderWay {

    private final LongSupplier nanoTime;
    private int underWay;
    private long since;
    private long nanos;

    public ReportsUnderWay() {
        this(System::nanoTime);
    }

    ReportsUnderWay(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Dispatches one batch. */
    public void during(Runnable batch) {
        change(1);
        try {
            batch.run();
        } finally {
            change(-1);
        }
    }

    /** Since the start; batches that have not ended count so far. */
    public synchronized Duration time() {
        change(0);
        return Duration.ofNanos(nanos);
    }

    private synchronized void change(int by) {
        long now = nanoTime.getAsLong();
        nanos += underWay * (now - since);
        since = now;
        underWay += by;
    }
}
