package org.citybrain.grid.demo;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.grid.version.MapVersion;
import org.citybrain.grid.version.PostgisMapDraft;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and stores parts of the demo city, each in transactions of a second or two, and leaves out what is stored already. */
final class WriteDemoParts {

    private static final Logger PROGRESS = LoggerFactory.getLogger(LoadDemoCity.PROGRESS_LOGGER);
    private static final int MOST_UNITS_AT_ONCE = 4_000;

    private final PostgisDemoCity store;
    private final PostgisMapDraft drafts;
    private final GenerateDemoCity city;
    private final MapVersion draft;
    private final int parts;
    private final Set<String> storedBefore;
    private final AtomicInteger partsDone = new AtomicInteger();
    private final AtomicInteger unitsStored = new AtomicInteger();

    WriteDemoParts(PostgisDemoCity store, PostgisMapDraft drafts, GenerateDemoCity city, MapVersion draft, int parts) {
        this.store = store;
        this.drafts = drafts;
        this.city = city;
        this.draft = draft;
        this.parts = parts;
        this.storedBefore = drafts.listParts(draft.mapVersion());
    }

    void write(DemoPlan.Part part) {
        if (!storedBefore.contains(part.name())) {
            write(city.generate(part));
        }
        int done = partsDone.incrementAndGet();
        // Every tenth of the way.
        if (done * 10 / parts > (done - 1) * 10 / parts) {
            PROGRESS.info("Demo city: {} % written, {} units so far", done * 100 / parts, unitsStored.get());
        }
    }

    private void write(DemoPart part) {
        List<DraftUnit> units = part.units();
        for (int from = 0; from < units.size(); from += MOST_UNITS_AT_ONCE) {
            String chunk = part.name() + "/" + from;
            List<DraftUnit> some = units.subList(from, Math.min(units.size(), from + MOST_UNITS_AT_ONCE));
            if (!storedBefore.contains(chunk)) {
                drafts.write(draft.mapVersion(), chunk, some);
            }
            unitsStored.addAndGet(some.size());
        }
        store.write(draft.mapVersion(), draft.effectiveFrom(), part);
    }
}
