package org.citybrain.dispatch.publish;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Publishes the timeline to {@code incident-changed} and {@code task-changed}: at least once, in order, by one instance at a time. The
 * position is moved before each sending to where the last one ended, and that commit waits for the disk: so whatever is about to be sent
 * is on the disk as well.
 */
@Component
class RelayTimeline {

    private static final Logger log = LoggerFactory.getLogger(RelayTimeline.class);
    private static final int MOST_LINES = 2_000;
    private static final Duration MOST_WAIT = Duration.ofSeconds(35);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;

    private final PostgresTimeline timeline;
    private final PostgresRelayLeadership leadership;
    private final KafkaTemplate<String, byte[]> kafka;
    private final ProducerFactory<String, byte[]> producers;
    private final Clock clock;
    /** How far was sent and acknowledged; read from the database whenever leadership is new or something failed. */
    private volatile @Nullable TimelinePosition sent;

    private volatile @Nullable TimelinePosition stored;

    private volatile double ageSeconds;
    private int failures;
    private Instant notBefore = Instant.EPOCH;

    RelayTimeline(
            PostgresTimeline timeline,
            PostgresRelayLeadership leadership,
            KafkaTemplate<String, byte[]> kafka,
            MeterRegistry registry,
            Clock clock) {
        this.timeline = timeline;
        this.leadership = leadership;
        this.kafka = kafka;
        this.producers = kafka.getProducerFactory();
        this.clock = clock;
        Gauge.builder("citybrain.dispatch.relay.age", () -> ageSeconds)
                .description(
                        "Age of the oldest timeline line that is not published yet; 0 where another instance relays")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Publishes all that may be published now. */
    @Scheduled(fixedDelayString = "${city-brain.dispatch.relay-interval:50ms}")
    void relay() {
        if (clock.instant().isBefore(notBefore)) {
            return;
        }
        try {
            if (!leadership.hold()) {
                forget();
                ageSeconds = 0;
                return;
            }
            while (relayOnce() == MOST_LINES) {
                log.debug("{} lines relayed, more are waiting", MOST_LINES);
            }
            failures = 0;
        } catch (InterruptedException e) {
            forget();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            forget();
            // What the producer still holds must not overtake what is sent again.
            producers.reset();
            failures++;
            Duration pause = pause();
            notBefore = clock.instant().plus(pause);
            log.warn("the timeline could not be relayed, it will be tried again in {}: {}", pause, e.toString());
        }
    }

    /** Doubles from failure to failure, up to a bound. */
    private Duration pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(MOST_PAUSE) < 0 ? pause : MOST_PAUSE;
    }

    /** Goes on from the stored position at the next turn. */
    void forget() {
        sent = null;
    }

    @Scheduled(fixedDelayString = "${city-brain.dispatch.relay-age-interval:1s}")
    void measureAge() {
        TimelinePosition position = sent == null ? stored : sent;
        if (position != null && leadership.isHeld()) {
            ageSeconds = Math.max(
                    0,
                    Duration.between(timeline.oldestWaiting(position), clock.instant())
                                    .toMillis()
                            / 1000.0);
        }
    }

    private int relayOnce() throws InterruptedException, ExecutionException, TimeoutException {
        TimelinePosition position = sent;
        if (position == null) {
            position = timeline.position();
            stored = position;
        }
        List<TimelineEntry> lines = timeline.next(position, MOST_LINES);
        if (!lines.isEmpty() || !position.equals(stored)) {
            timeline.move(position);
            stored = position;
        }
        send(lines);
        sent = lines.isEmpty() ? position : lines.getLast().position();
        return lines.size();
    }

    private void send(List<TimelineEntry> lines) throws InterruptedException, ExecutionException, TimeoutException {
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (TimelineEntry line : lines) {
            for (ProducerRecord<String, byte[]> message : TimelineMessages.of(line)) {
                acknowledgements.add(kafka.send(message));
            }
        }
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
