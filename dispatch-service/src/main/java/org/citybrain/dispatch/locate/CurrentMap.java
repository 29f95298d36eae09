package org.citybrain.dispatch.locate;

import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.consume.RenewMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The governance map in force, swapped whole when it changes; whoever works on a batch keeps the one that they began with. */
@Component
public class CurrentMap implements RenewMap {

    private static final Logger log = LoggerFactory.getLogger(CurrentMap.class);

    private final PostgisGovernanceMap source;
    private volatile GovernanceMap current = new GovernanceMap(0, List.of(), List.of(), Map.of(), List.of());

    private long rosterChange;

    CurrentMap(PostgisGovernanceMap source) {
        this.source = source;
    }

    public GovernanceMap get() {
        return current;
    }

    /** Reads the map again where there is a newer version, or its rosters where they alone have changed. */
    @Override
    public synchronized boolean renew() {
        // Read first: a change in between is seen as one at the next look.
        long rosters = source.rosterChange();
        if (source.version() != current.version()) {
            GovernanceMap renewed = source.load();
            current = renewed;
            log.info("governance map version {} is in use", renewed.version());
        } else if (rosters != rosterChange) {
            current = current.withRosters(source.listShifts());
        }
        rosterChange = rosters;
        return !current.isEmpty();
    }
}
