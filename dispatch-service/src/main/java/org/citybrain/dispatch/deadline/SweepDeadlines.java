package org.citybrain.dispatch.deadline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Looks at everything of which something is due: deadlines of tasks, situation reports, and what was resolved or verified long enough
 * ago. A batch of each in turn, so that none waits for the end of another's.
 */
@Component
public class SweepDeadlines {

    private final List<DueWork> kinds;
    private final SweepInBatches inBatches;
    private final GiveWayToReports giveWay;

    SweepDeadlines(List<DueWork> kinds, SweepInBatches inBatches, GiveWayToReports giveWay) {
        this.kinds = List.copyOf(kinds);
        this.inBatches = inBatches;
        this.giveWay = giveWay;
    }

    /**
     * Works until nothing is due, or only what others hold.
     *
     * @return how many incidents were looked at, each as often as something was due of it
     */
    public int sweep() {
        return sweep(() -> false);
    }

    /**
     * The same, but no further batch is begun once it is over. A kind that fails waits for the next sweep, and the others go on.
     *
     * @throws RuntimeException the first failure, at the end
     */
    int sweep(BooleanSupplier isOver) {
        List<SweepInBatches.Sweep> due =
                new ArrayList<>(kinds.stream().map(inBatches::begin).toList());
        RuntimeException failure = null;
        int total = 0;
        Iterator<SweepInBatches.Sweep> kind = due.iterator();
        while (!due.isEmpty()
                && !isOver.getAsBoolean()
                && !Thread.currentThread().isInterrupted()) {
            if (!kind.hasNext()) {
                kind = due.iterator();
            }
            int looked = 0;
            try {
                looked = giveWay.afterwards(kind.next()::batch);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
            total += looked;
            if (looked == 0) {
                kind.remove();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return total;
    }
}
