package org.citybrain.dispatch.locate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.citybrain.dispatch.locate.PostgisSurroundings.StoredSurroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Devices, responsibility areas and working calendars in memory, read again where they have changed. What cannot be read stays as it was, or away, and
 * never keeps the map from being renewed: {@code
 * citybrain.dispatch.surroundings.{devices,areas,calendars,failures}}.
 */
@Component
class CurrentSurroundings {

    private static final Logger log = LoggerFactory.getLogger(CurrentSurroundings.class);
    private static final String LOOK = "changes of devices, responsibility areas and working calendars";
    private static final String DEVICES = "devices";
    private static final String AREAS = "responsibility areas";
    private static final String CALENDARS = "working calendars";

    private final PostgisSurroundings source;
    private final Counter failures;
    private final Set<String> failing = new HashSet<>();
    private volatile Surroundings held = Surroundings.NONE;
    private StoredSurroundings known = StoredSurroundings.NONE;

    CurrentSurroundings(PostgisSurroundings source, MeterRegistry registry) {
        this.source = source;
        failures = Counter.builder("citybrain.dispatch.surroundings.failures")
                .description("Attempts to read devices, responsibility areas or working calendars that failed")
                .register(registry);
        Gauge.builder("citybrain.dispatch.surroundings.devices", () -> held.deviceCount())
                .description("Devices in memory")
                .register(registry);
        Gauge.builder("citybrain.dispatch.surroundings.areas", () -> held.areaCount())
                .description("Responsibility areas in memory")
                .register(registry);
        Gauge.builder(
                        "citybrain.dispatch.surroundings.calendars",
                        () -> held.calendars().size())
                .description("Units that have a working calendar of their own")
                .register(registry);
    }

    Surroundings get() {
        return held;
    }

    /** Reads what has changed since. Trouble is logged when it begins and when it ends, and the next call tries again. */
    synchronized void renew(Instant now) {
        attempt(LOOK, () -> {
            // Looked at first: a change in between is seen as one at the next look.
            StoredSurroundings stored = source.look();
            if (stored.devices() != known.devices()) {
                attempt(DEVICES, () -> {
                    held = held.with(source.loadDevices(now));
                    known = known.withDevices(stored.devices());
                });
            }
            if (stored.areas() != known.areas()) {
                attempt(AREAS, () -> {
                    held = held.with(source.loadAreas(now));
                    known = known.withAreas(stored.areas());
                });
            }
            if (stored.calendars() != known.calendars()) {
                attempt(CALENDARS, () -> {
                    held = held.with(source.loadCalendars());
                    known = known.withCalendars(stored.calendars());
                });
            }
        });
    }

    private void attempt(String what, Runnable read) {
        try {
            read.run();
            if (failing.remove(what)) {
                log.info("{} can be read again", what);
            }
        } catch (RuntimeException failure) {
            failures.increment();
            if (failing.add(what)) {
                log.warn(
                        "{} cannot be read: incidents are dispatched with what was known of them before",
                        what,
                        failure);
            }
        }
    }
}
