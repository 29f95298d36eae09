package org.citybrain.dispatch.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.dispatch.store.Picture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Adds to the pictures of a batch's new incidents the open incidents near them: those that are stored and those of the batch itself. */
@Component
public class AddNearIncidents {

    private static final Logger log = LoggerFactory.getLogger(AddNearIncidents.class);

    /** What has been open for longer tells little of what happens now. */
    private static final Duration OPENED_WITHIN = Duration.ofDays(30);

    private final PostgisNearIncidents stored;

    AddNearIncidents(PostgisNearIncidents stored) {
        this.stored = stored;
    }

    /** Within the batch's transaction. Asks the database in the same number of statements for every batch. */
    public List<Decision> add(List<Decision> decisions, Instant now) {
        List<OpenIncident> opened = decisions.stream()
                .filter(decision -> decision.picture() != null)
                .map(decision -> ofBatch(decision, now))
                .toList();
        List<OpenIncident> open;
        try {
            open = new ArrayList<>(stored.list(
                    Squares.around(opened.stream().map(OpenIncident::position).toList(), DescribePicture.NEAR_METERS),
                    now.minus(OPENED_WITHIN)));
        } catch (RuntimeException failure) {
            log.warn("the open incidents near {} new ones could not be read", opened.size(), failure);
            return decisions.stream()
                    .map(decision -> with(decision, List.of(), "they could not be read"))
                    .toList();
        }
        open.addAll(opened);
        NearestIncidents nearest = new NearestIncidents(open);
        return decisions.stream()
                .map(decision -> decision.picture() == null
                        ? decision
                        : with(
                                decision,
                                nearest.of(
                                        decision.incident().position(),
                                        decision.incident().id(),
                                        DescribePicture.NEAR_METERS,
                                        DescribePicture.MOST_INCIDENTS + 1),
                                null))
                .toList();
    }

    private static OpenIncident ofBatch(Decision decision, Instant now) {
        return new OpenIncident(
                decision.incident().id(),
                null,
                now,
                decision.incident().type(),
                decision.grade().level(),
                decision.grade().scope(),
                decision.incident().position());
    }

    private static Decision with(Decision decision, List<NearIncident> near, @Nullable String missingBecause) {
        Picture picture = decision.picture();
        return picture == null
                ? decision
                : decision.with(DescribePicture.withOpenIncidents(picture, near, missingBecause));
    }
}
