package org.citybrain.dispatch.rehearse;

import java.util.concurrent.atomic.DoubleAdder;

/** The course of one rehearsal: how far it is, and whether it is to stop. Written and read by several threads. */
final class Course {

    private final DoubleAdder done = new DoubleAdder();
    private volatile boolean cancelled;

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** @throws RehearsalCancelled if it is to stop */
    void goOn() {
        if (cancelled) {
            throw new RehearsalCancelled();
        }
    }

    /** @param share of the whole, 0 to 1, that has been done more */
    void advance(double share) {
        done.add(share);
    }

    /** 0 to 1; 1 only when all is done. */
    double progress() {
        return Math.clamp(done.sum(), 0, 1);
    }
}
