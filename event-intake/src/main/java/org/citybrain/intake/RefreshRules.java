package org.citybrain.intake;

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
    private boolean failing;

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

    /** An outage is logged when it begins and when it ends, not every few seconds. */
    @Scheduled(fixedDelayString = "${city-brain.intake.refresh-every:2s}")
    synchronized void refresh() {
        try {
            types.refresh();
            demoGateway.register(types.current());
            sources.refresh();
            map.refresh(sources.listUnits());
            if (failing) {
                LOG.info("The rules can be read again");
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("The rules cannot be read; going on with what is known", failure);
            }
            failing = true;
        }
    }
}
