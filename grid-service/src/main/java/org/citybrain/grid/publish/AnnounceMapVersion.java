package org.citybrain.grid.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citybrain.grid.version.MapPublished;
import org.citybrain.grid.version.MapVersion;
import org.citybrain.grid.version.PostgisMapVersions;
import org.citybrain.messages.GovernanceMapChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Announces each version of the map until Kafka has acknowledged it: those that this instance publishes at once, those of another one,
 * or of one that died in between, as soon as it looks again. At every start the newest is announced once more, for whoever has missed
 * it. The message has the same id each time, and hearing it twice is harmless.
 */
@Component
@EnableConfigurationProperties(AnnounceSettings.class)
class AnnounceMapVersion implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceMapVersion.class);
    private static final String SOURCE = "/grid-service";
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** Whoever renews a copy of the map piece by piece gains nothing beyond this: then all of it has changed. */
    private static final int MOST_UNITS_NAMED = 300;

    private final PostgisMapVersions versions;
    private final KafkaTemplate<String, byte[]> kafka;
    private final KafkaAdmin topics;
    private final AnnounceSettings settings;
    private final Clock clock;
    private final Semaphore published = new Semaphore(0);

    private @Nullable Thread announcing;

    AnnounceMapVersion(
            PostgisMapVersions versions,
            KafkaTemplate<String, byte[]> kafka,
            KafkaAdmin topics,
            AnnounceSettings settings,
            Clock clock) {
        this.settings = settings;
        this.versions = versions;
        this.kafka = kafka;
        this.topics = topics;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        announcing = Thread.ofVirtual().name("announce-map-version").start(this::announceForEver);
    }

    @EventListener
    void hear(MapPublished version) {
        LOG.debug("Map version {} is published and will be announced", version.mapVersion());
        published.release();
    }

    @Override
    public void destroy() {
        if (announcing != null) {
            announcing.interrupt();
        }
    }

    private void announceForEver() {
        try {
            while (!isDone(this::announceAtStart)) {
                Thread.sleep(PAUSE_AFTER_FAILURE);
            }
            while (true) {
                boolean done = isDone(() -> announce(versions.listUnannounced()));
                Duration pause = done ? settings.lookEvery() : PAUSE_AFTER_FAILURE;
                if (published.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    published.drainPermits();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Announcing {
        void run() throws ExecutionException, InterruptedException;
    }

    private static boolean isDone(Announcing announcing) throws InterruptedException {
        try {
            announcing.run();
            return true;
        } catch (ExecutionException | RuntimeException failure) {
            LOG.warn(
                    "The map version is not announced yet, trying again in {}: {}",
                    PAUSE_AFTER_FAILURE,
                    failure.getMessage());
            return false;
        }
    }

    /** The newest too, if it was announced before: the topic may have forgotten it. */
    private void announceAtStart() throws ExecutionException, InterruptedException {
        List<MapVersion> due = new ArrayList<>(versions.listUnannounced());
        versions.findNewest().filter(newest -> !due.contains(newest)).ifPresent(due::add);
        announce(due);
    }

    /** In their order. */
    private void announce(List<MapVersion> due) throws ExecutionException, InterruptedException {
        if (!due.isEmpty()) {
            topics.initialize();
        }
        for (MapVersion version : due) {
            kafka.send(message(version)).get();
            versions.noteAnnounced(version.mapVersion(), clock.instant());
            LOG.info("Announced map version {}", version.mapVersion());
        }
    }

    private ProducerRecord<String, byte[]> message(MapVersion version) {
        return MessageEnvelope.record(
                Topics.GOVERNANCE_MAP_CHANGED,
                Long.toString(version.mapVersion()),
                "map-version-" + version.mapVersion(),
                SOURCE,
                clock.instant(),
                null,
                new GovernanceMapChanged(version.mapVersion(), version.effectiveFrom(), changed(version)));
    }

    /** None where there are too many to be named: then all of the map counts as changed. */
    private List<String> changed(MapVersion version) {
        List<String> codes = versions.listChanged(version.mapVersion(), MOST_UNITS_NAMED + 1);
        return codes.size() > MOST_UNITS_NAMED ? List.of() : codes;
    }
}
