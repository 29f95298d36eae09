package org.citybrain.api.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.change.TimelineQueries;
import org.citybrain.api.reach.ReadAsCity;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads the timeline as it grows, once for all readers of this instance, and hands it to them. While nobody follows, it reads nothing.
 * It begins after the web server and ends before it, so that no stream keeps the service from stopping.
 */
@Component
class FollowTimeline implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(FollowTimeline.class);
    private static final int MOST_LINES = 2_000;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final LiveReaders readers;
    private final TimelineQueries timeline;
    private final LiveLineQueries lines;
    private final StreamSettings settings;
    private final Clock clock;
    /** A city keeps its code; until the map is loaded nothing can have happened. */
    private @Nullable UnitCode city;

    private volatile double lagSeconds;
    private volatile @Nullable Thread thread;

    FollowTimeline(
            LiveReaders readers,
            TimelineQueries timeline,
            LiveLineQueries lines,
            StreamSettings settings,
            Clock clock,
            MeterRegistry registry) {
        this.readers = readers;
        this.timeline = timeline;
        this.lines = lines;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("citybrain.api.stream.lag", () -> lagSeconds)
                .description("How old the newest line of the timeline was when it was last handed to the readers")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("live-stream").start(this::follow);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        readers.close();
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void follow() {
        try {
            ChangeCursor place;
            while ((place = readers.awaitPlace()) != null) {
                Thread.sleep(goOn(place));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands on what has come; how long to wait before more is looked for. */
    private Duration goOn(ChangeCursor place) {
        try {
            UnitCode known = city;
            if (known == null) {
                known = lines.city().map(UnitCode::new).orElse(null);
                city = known;
            }
            return known == null ? settings.interval() : ReadAsCity.read(known, "live-stream", () -> handOn(place));
        } catch (RuntimeException failure) {
            LOG.warn("the timeline could not be read for the live stream, it is tried again: {}", failure.toString());
            return PAUSE_AFTER_FAILURE;
        }
    }

    private Duration handOn(ChangeCursor place) {
        TimelineQueries.Window window = timeline.window(place, MOST_LINES);
        if (window.end().compareTo(place) > 0) {
            List<LiveEvent> events = lines.events(place, window.end());
            readers.hand(place, events, window.end());
            measure(events);
        }
        return window.full() ? Duration.ZERO : settings.interval();
    }

    private void measure(List<LiveEvent> events) {
        LiveEvent.About about = events.isEmpty() ? null : events.getLast().about();
        if (about != null) {
            Duration age = Duration.between(about.line().incident().recordedAt(), clock.instant());
            lagSeconds = Math.max(0, age.toMillis() / 1000.0);
        }
    }
}
