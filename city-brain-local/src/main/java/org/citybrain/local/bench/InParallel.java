package org.citybrain.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on several threads at once. */
final class InParallel {

    private InParallel() {}

    /** Returns when all are done; throws what one of them threw. */
    static void run(int count, Work work) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> {
                    work.run(number);
                    return number;
                });
            }
            for (Future<Integer> one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    /** What one of the threads does, counted from 0. */
    interface Work {
        void run(int number) throws Exception;
    }
}
