package org.citybrain.grid.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
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
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Announces the newest version of the map at every start, until Kafka has acknowledged it. So a version is announced even if
 * the service died between writing it and saying so; the message has the same id each time, and hearing it twice is harmless.
 */
@Component
class AnnounceMapVersion implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceMapVersion.class);
    private static final String SOURCE = "/grid-service";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final PostgisMapVersions versions;
    private final KafkaTemplate<String, byte[]> kafka;
    private final KafkaAdmin topics;
    private final Clock clock;

    private @Nullable Thread announcing;

    AnnounceMapVersion(
            PostgisMapVersions versions, KafkaTemplate<String, byte[]> kafka, KafkaAdmin topics, Clock clock) {
        this.versions = versions;
        this.kafka = kafka;
        this.topics = topics;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void announce() {
        announcing = Thread.ofVirtual().name("announce-map-version").start(this::announceUntilAcknowledged);
    }

    @Override
    public void destroy() {
        if (announcing != null) {
            announcing.interrupt();
        }
    }

    private void announceUntilAcknowledged() {
        try {
            while (!announceNewest()) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is nothing left to announce. */
    private boolean announceNewest() throws InterruptedException {
        try {
            MapVersion newest = versions.findNewest().orElse(null);
            if (newest != null) {
                topics.initialize();
                kafka.send(message(newest)).get();
                LOG.info("Announced map version {}", newest.mapVersion());
            }
            return true;
        } catch (ExecutionException | RuntimeException failure) {
            LOG.warn("The map version is not announced yet, trying again in {}: {}", PAUSE, failure.getMessage());
            return false;
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
                new GovernanceMapChanged(version.mapVersion(), version.effectiveFrom(), List.of()));
    }
}
