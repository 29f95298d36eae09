package org.citybrain.dispatch.locate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Versions of the governance map that hold no more, but that open incidents were decided on: an incident keeps its version, so that
 * its units are never those of two maps. Usually there is none; after a reform there is one until the last of its incidents is closed.
 */
final class FormerMaps {

    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

    /** More are not held: each takes some 40 MB, and reforms come a few times a year. */
    private static final int MOST = 3;

    private final PostgisGovernanceMap source;
    private volatile List<GovernanceMap> maps = List.of();
    private Instant lookFrom = Instant.MIN;

    FormerMaps(PostgisGovernanceMap source) {
        this.source = source;
    }

    Optional<GovernanceMap> find(long version) {
        return maps.stream().filter(map -> map.version() == version).findFirst();
    }

    long bytes() {
        return maps.stream().mapToLong(GovernanceMap::bytes).sum();
    }

    /** Takes a map that has just gone out of force. Batches that it was used for may still be on their way. */
    void add(GovernanceMap map, Instant now) {
        if (!map.isEmpty()) {
            maps = Stream.concat(Stream.of(map), maps.stream().filter(m -> m.version() != map.version()))
                    .limit(MOST)
                    .toList();
            lookFrom = now.plus(LOOK_EVERY);
        }
    }

    /** Looks, once in a while, which versions are still needed: reads those that are missing and drops the others. */
    void renew(GovernanceMap inForce, Instant now) {
        if (now.isBefore(lookFrom)) {
            return;
        }
        List<GovernanceMap> needed = new ArrayList<>();
        for (MapVersion version : source.listOfOpenIncidents(inForce.version(), MOST)) {
            needed.add(find(version.id())
                    .orElseGet(() -> source.load(version.effectiveFrom()))
                    .with(inForce.keyPlaces()));
        }
        maps = List.copyOf(needed);
        lookFrom = now.plus(LOOK_EVERY);
    }
}
