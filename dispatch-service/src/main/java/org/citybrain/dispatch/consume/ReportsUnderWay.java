package org.citybrain.dispatch.consume;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** For how long this instance has been dispatching reports, of its threads on average: what can wait looks at it, and lets them go first. */
@Component
public class ReportsUnderWay {

    private final int threads;
    private final LongSupplier nanoTime;
    private int underWay;
    private long since;
    private long nanos;

    @Autowired
    ReportsUnderWay(ConsumeSettings settings) {
        this(settings.threads(), System::nanoTime);
    }

    /** @param nanoTime as of {@link System#nanoTime} */
    public ReportsUnderWay(int threads, LongSupplier nanoTime) {
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Runs what dispatches a batch; as long as it runs, time goes on. */
    public void dispatch(Runnable batch) {
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
        return Duration.ofNanos(nanos / threads);
    }

    private synchronized void change(int by) {
        long now = nanoTime.getAsLong();
        nanos += underWay * (now - since);
        since = now;
        underWay += by;
    }
}
