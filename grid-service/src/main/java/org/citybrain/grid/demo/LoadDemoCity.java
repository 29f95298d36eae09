package org.citybrain.grid.demo;

import java.time.Clock;
import java.time.Duration;
import org.citybrain.messages.Tier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Fills an empty map with the demo city that the settings ask for. The service is not ready before that is done. Runs at
 * every start, does something at the first.
 */
@Component
@EnableConfigurationProperties(DemoSettings.class)
class LoadDemoCity implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(LoadDemoCity.class);

    private final DemoSettings settings;
    private final PostgisDemoCity store;
    private final Clock clock;

    LoadDemoCity(DemoSettings settings, PostgisDemoCity store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (settings.demoCity() == DemoSettings.Choice.SMALL) {
            load(DemoPlan.small());
        }
    }

    private void load(DemoPlan plan) {
        if (!store.isMapEmpty()) {
            LOG.info("The map is filled already: the demo city is not loaded again");
            return;
        }
        long start = System.nanoTime();
        boolean written = store.writeIfEmpty(() -> generate(plan), clock.instant());
        if (written) {
            store.analyze();
            LOG.info(
                    "Demo city loaded in {} ms",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } else {
            LOG.info("Another instance has loaded the demo city");
        }
    }

    private static DemoCity generate(DemoPlan plan) {
        LOG.info(
                "The map is empty: generating the demo city of {} districts …",
                plan.districts().size());
        DemoCity city = new GenerateDemoCity(plan, Divisions.read()).generate();
        LOG.info(
                "Generated {} units, {} of them grids, {} key places and {} accounts on rosters; writing them …",
                city.units().size(),
                city.units().stream()
                        .filter(unit -> unit.code().tier() == Tier.GRID)
                        .count(),
                city.keyPlaces().size(),
                city.staff().size());
        return city;
    }
}
