package org.citybrain.grid.ogc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Lets only so many queries and pages be worked on at once: whoever reads a city leaves connections and memory to others. */
@Component
@EnableConfigurationProperties(OgcSettings.class)
class BoundQueries {

    private final OgcSettings settings;
    private final Semaphore queries;
    private final Semaphore pages;
    private final ConcurrentMap<String, Integer> pagesOfEach = new ConcurrentHashMap<>();

    BoundQueries(OgcSettings settings) {
        this.settings = settings;
        this.queries = new Semaphore(settings.queriesAtOnce(), true);
        this.pages = new Semaphore(settings.pagesAtOnce(), true);
    }

    /** @throws RequestProblem {@code BUSY} if its turn does not come */
    <T> T query(Work<T, RuntimeException> work) {
        return within(queries, settings.queriesAtOnce() + " queries for features at once", work);
    }

    /**
     * A page may take as long as its reader; whoever reads slowly must not take the places of the others.
     *
     * @throws RequestProblem {@code BUSY} if its turn does not come
     */
    <T, E extends Exception> T page(String reader, Work<T, E> work) throws E {
        int ofReader = pagesOfEach.merge(reader, 1, Integer::sum);
        try {
            if (ofReader > settings.pagesOfOne()) {
                throw busy(settings.pagesOfOne() + " pages of one person at once");
            }
            return within(pages, settings.pagesAtOnce() + " pages at once", work);
        } finally {
            pagesOfEach.computeIfPresent(reader, (name, held) -> held == 1 ? null : held - 1);
        }
    }

    private <T, E extends Exception> T within(Semaphore places, String bound, Work<T, E> work) throws E {
        if (!take(places)) {
            RequestProblem busy =
                    new RequestProblem(ProblemReason.BUSY, "the service", bound, "fewer at the same time, come again");
            busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
            throw busy;
        }
        try {
            return work.run();
        } finally {
            places.release();
        }
    }

    private static RequestProblem busy(String bound) {
        RequestProblem busy =
                new RequestProblem(ProblemReason.BUSY, "the service", bound, "fewer at the same time, come again");
        busy.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return busy;
    }

    private boolean take(Semaphore places) {
        try {
            return places.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    interface Work<T, E extends Exception> {
        T run() throws E;
    }
}
