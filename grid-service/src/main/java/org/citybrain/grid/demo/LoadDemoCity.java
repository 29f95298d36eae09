package org.citybrain.grid.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citybrain.grid.version.MapVersion;
import org.citybrain.grid.version.PostgisMapDraft;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.grid.version.PostgresMapLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Fills an empty map with the demo city that the settings ask for; the full one also takes the place of the small one. The
 * service is not ready before that is done. Runs at every start, does something at the first, and goes on where a start before
 * was broken off.
 */
@Component
@EnableConfigurationProperties(DemoSettings.class)
class LoadDemoCity implements ApplicationRunner {

    /** From when the demo city holds on an empty map: the date that the division codes are of, in Chongqing. */
    static final Instant VALID_FROM = Instant.parse("2023-06-29T16:00:00Z");

    /** What a person who waits for the start wants to see; the local run shows it on the console. */
    static final String PROGRESS_LOGGER = "org.citybrain.grid.demo.progress";

    private static final Logger LOG = LoggerFactory.getLogger(LoadDemoCity.class);
    private static final Logger PROGRESS = LoggerFactory.getLogger(PROGRESS_LOGGER);

    private final DemoSettings settings;
    private final PostgisDemoCity store;
    private final PostgisMapDraft drafts;
    private final PostgisMapVersions versions;
    private final PostgresMapLock lock;
    private final Clock clock;

    LoadDemoCity(
            DemoSettings settings,
            PostgisDemoCity store,
            PostgisMapDraft drafts,
            PostgisMapVersions versions,
            PostgresMapLock lock,
            Clock clock) {
        this.settings = settings;
        this.store = store;
        this.drafts = drafts;
        this.versions = versions;
        this.lock = lock;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        switch (settings.demoCity()) {
            case NONE -> {}
            case SMALL -> load(DemoPlan.small());
            case FULL -> load(DemoPlan.full());
        }
    }

    /** Also called by tests, with plans of their own. */
    void load(DemoPlan plan) {
        if (isWanted(plan)) {
            // Of two instances that start at once the second waits here, and then finds the map filled.
            lock.holding(() -> isWanted(plan) && loadWhileNobodyElseDoes(plan));
        }
    }

    private boolean isWanted(DemoPlan plan) {
        List<String> notes = versions.list().stream().map(MapVersion::note).toList();
        if (notes.contains(plan.note())) {
            LOG.info("The map has the demo city already");
            return false;
        }
        if (!plan.replaces().containsAll(notes)) {
            LOG.info("The map is filled already: the demo city is not loaded");
            return false;
        }
        return true;
    }

    private boolean loadWhileNobodyElseDoes(DemoPlan plan) {
        long start = System.nanoTime();
        MapVersion draft = draft(plan);
        PROGRESS.info(
                "Demo city: laying out the land of {} districts …",
                plan.districts().size());
        GenerateDemoCity city = new GenerateDemoCity(plan, Divisions.read());
        writeParts(plan, city, draft);
        // First: by the statistics of an empty map, looking for units without a parent takes minutes.
        drafts.analyze();
        store.publish(draft.mapVersion(), draft.effectiveFrom());
        PROGRESS.info(
                "Demo city: loaded as map version {} in {} ms",
                draft.mapVersion(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        return true;
    }

    /** The draft that an earlier start has left, or a new one. */
    private MapVersion draft(DemoPlan plan) {
        MapVersion left = drafts.find().orElse(null);
        if (left != null && left.note().equals(plan.note())) {
            PROGRESS.info("Demo city: going on with a load that was broken off");
            return left;
        }
        if (left != null) {
            LOG.warn("Discarding map version {}, which was never finished: {}", left.mapVersion(), left.note());
            drafts.discard(left.mapVersion());
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant effectiveFrom = versions.list().isEmpty() ? VALID_FROM : now;
        long id = drafts.begin(effectiveFrom, now, "SYNTHETIC", plan.note());
        return new MapVersion(id, effectiveFrom, now, "SYNTHETIC", plan.note());
    }

    /** The first part by itself, because the others hang on it; then several at once. */
    private void writeParts(DemoPlan plan, GenerateDemoCity city, MapVersion draft) {
        var writing =
                new WriteDemoParts(store, drafts, city, draft, plan.parts().size());
        writing.write(plan.parts().getFirst());
        List<Future<?>> rest = new ArrayList<>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 4))) {
            plan.parts().stream().skip(1).forEach(part -> rest.add(workers.submit(() -> writing.write(part))));
            try {
                for (Future<?> part : rest) {
                    part.get();
                }
            } catch (ExecutionException failure) {
                workers.shutdownNow();
                throw new IllegalStateException("the demo city could not be written", failure.getCause());
            } catch (InterruptedException stopping) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the demo city is not all written", stopping);
            }
        }
    }
}
