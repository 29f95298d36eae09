package org.citybrain.intake.publish;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the topics of this service once the broker is there, also when it was not there at the start. */
@Component
class EnsureTopics {

    private static final Logger LOG = LoggerFactory.getLogger(EnsureTopics.class);

    private final KafkaAdmin admin;
    private boolean areThere;

    EnsureTopics(KafkaAdmin admin) {
        this.admin = admin;
    }

    @Scheduled(fixedDelay = 5_000)
    void ensure() {
        if (areThere) {
            return;
        }
        try {
            areThere = admin.initialize();
        } catch (RuntimeException noBroker) {
            LOG.warn("Cannot make the topics, trying again: {}", noBroker.getMessage());
        }
    }
}
