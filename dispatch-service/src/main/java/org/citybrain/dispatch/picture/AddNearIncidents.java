package org.citybrain.dispatch.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.dispatch.store.Decision;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.index.strtree.STRtree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

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
        List<Incident> opened = decisions.stream()
                .filter(decision -> decision.picture() != null)
                .map(Decision::incident)
                .toList();
        Map<UUID, List<NearIncident>> near;
        try {
            near = stored.list(opened, DescribePicture.NEAR_METERS, now.minus(OPENED_WITHIN));
        } catch (RuntimeException failure) {
            log.warn("the open incidents near {} new ones could not be read", opened.size(), failure);
            return decisions.stream()
                    .map(decision -> with(decision, List.of(), "they could not be read"))
                    .toList();
        }
        STRtree ofBatch = tree(decisions);
        return decisions.stream()
                .map(decision -> with(
                        decision,
                        Stream.concat(
                                        near.getOrDefault(decision.incident().id(), List.of()).stream(),
                                        nearOfBatch(decision, ofBatch).stream())
                                .sorted(NearIncident.NEAREST_FIRST)
                                .toList(),
                        null))
                .toList();
    }

    private static Decision with(Decision decision, List<NearIncident> near, @Nullable String missingBecause) {
        JsonNode picture = decision.picture();
        return picture == null
                ? decision
                : decision.with(DescribePicture.withOpenIncidents(picture, near, missingBecause));
    }

    private static STRtree tree(List<Decision> decisions) {
        STRtree tree = new STRtree();
        for (Decision decision : decisions) {
            if (decision.picture() != null) {
                var position = decision.incident().position();
                tree.insert(new Envelope(new Coordinate(position.longitude(), position.latitude())), decision);
            }
        }
        tree.build();
        return tree;
    }

    @SuppressWarnings("unchecked") // an STRtree returns what was put in
    private static List<NearIncident> nearOfBatch(Decision decision, STRtree ofBatch) {
        if (decision.picture() == null || ofBatch.isEmpty()) {
            return List.of();
        }
        Incident incident = decision.incident();
        List<Decision> candidates = ofBatch.query(LocalMeters.around(incident.position(), DescribePicture.NEAR_METERS));
        List<NearIncident> near = new ArrayList<>();
        for (Decision other : candidates) {
            double meters =
                    LocalMeters.distance(incident.position(), other.incident().position());
            if (!other.incident().id().equals(incident.id()) && meters <= DescribePicture.NEAR_METERS) {
                near.add(new NearIncident(
                        other.incident().id(),
                        null,
                        other.incident().type(),
                        other.grade().level(),
                        other.grade().scope(),
                        Math.round(meters)));
            }
        }
        return near;
    }
}
