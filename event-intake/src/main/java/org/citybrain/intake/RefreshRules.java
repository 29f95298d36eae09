package org.citybrain.intake;

import java.util.HashSet;
import java.util.Set;
import org.citybrain.intake.map.CurrentCityMap;
import org.citybrain.intake.source.DemoGateway;
import org.citybrain.intake.source.KnownIncidentTypes;
import org.citybrain.intake.source.RegisteredSources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps what the gate judges by up to date: before the first request and every few seconds after. While the database does
 * not answer, the gate goes on with what it has.
 */
@Component
class RefreshRules implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(RefreshRules.class);

    private final KnownIncidentTypes types;
    private final DemoGateway demoGateway;
    private final RegisteredSources sources;
    private final CurrentCityMap map;
    private final Set<String> failing = new HashSet<>();

    RefreshRules(KnownIncidentTypes types, DemoGateway demoGateway, RegisteredSources sources, CurrentCityMap map) {
        this.types = types;
        this.demoGateway = demoGateway;
        this.sources = sources;
        this.map = map;
    }

    @Override
    public void afterSingletonsInstantiated() {
        refresh();
    }

    @Scheduled(fixedDelayString = "${city-brain.intake.refresh-every:2s}")
    synchronized void refresh() {
        attempt("the incident types", types::refresh);
        attempt("the demo gateway", () -> demoGateway.register(types.current()));
        attempt("the sources", sources::refresh);
        attempt("the governance map", () -> map.refresh(sources.listUnits()));
    }

    /** An outage is logged when it begins and when it ends, not every few seconds. */
    private void attempt(String what, Runnable refresh) {
        try {
            refresh.run();
            if (failing.remove(what)) {
                LOG.info("Reading {} works again", what);
            }
        } catch (RuntimeException failure) {
            if (failing.add(what)) {
                LOG.warn("Cannot read {}; going on with what is known", what, failure);
            }
        }
    }
}
