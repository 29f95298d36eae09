package org.citybrain.dispatch.locate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What the map in memory is watched by: {@code citybrain.dispatch.map.version} (in use), {@code …map.next} (loaded ahead), {@code
 * …map.bytes}, {@code …map.age} (since it was last found to be the newest), {@code …map.load}, {@code …map.failures}.
 */
@Component
class MapMeters {

    private final Timer load;
    private final Counter failures;
    private volatile long version;
    private volatile long next;
    private volatile long bytes;
    private volatile Instant lookedAt;

    MapMeters(MeterRegistry registry, Clock clock) {
        lookedAt = clock.instant();
        load = Timer.builder("citybrain.dispatch.map.load")
                .description("Reading a version of the governance map and building its index")
                .register(registry);
        failures = Counter.builder("citybrain.dispatch.map.failures")
                .description("Attempts to look for or to read a version of the governance map that failed")
                .register(registry);
        Gauge.builder("citybrain.dispatch.map.version", () -> version)
                .description("The version of the governance map in use; 0 while there is none")
                .register(registry);
        Gauge.builder("citybrain.dispatch.map.next", () -> next)
                .description("The version of the governance map that is loaded ahead of its moment; 0 if none is")
                .register(registry);
        Gauge.builder("citybrain.dispatch.map.bytes", () -> bytes)
                .description("Memory of all versions of the governance map that are held")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "citybrain.dispatch.map.age",
                        () -> Duration.between(lookedAt, clock.instant()).toMillis() / 1e3)
                .description("Since the governance map was last found to be that of the database")
                .baseUnit("seconds")
                .register(registry);
    }

    GovernanceMap load(Supplier<GovernanceMap> load) {
        return Objects.requireNonNull(this.load.record(load));
    }

    void held(long version, long next, long bytes) {
        this.version = version;
        this.next = next;
        this.bytes = bytes;
    }

    void upToDate(Instant now) {
        lookedAt = now;
    }

    void failed() {
        failures.increment();
    }
}
