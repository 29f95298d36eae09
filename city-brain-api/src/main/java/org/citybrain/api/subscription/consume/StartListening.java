package org.citybrain.api.subscription.consume;

import org.apache.kafka.common.KafkaException;
import org.citybrain.api.subscription.NoticeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Begins to listen as soon as Kafka can be found: the service itself starts without it. */
@Component
class StartListening {

    private static final Logger LOG = LoggerFactory.getLogger(StartListening.class);

    private final KafkaListenerEndpointRegistry listeners;
    private final boolean listen;
    private boolean failing;

    StartListening(KafkaListenerEndpointRegistry listeners, NoticeSettings settings) {
        this.listeners = listeners;
        this.listen = settings.listen();
    }

    @Scheduled(fixedDelay = 1_000)
    void start() {
        MessageListenerContainer container = listeners.getListenerContainer(NoticeListener.ID);
        if (!listen || container == null || container.isRunning()) {
            return;
        }
        try {
            container.start();
            LOG.info("listening for what people want to be told of");
            failing = false;
        } catch (KafkaException failure) {
            if (!failing) {
                LOG.warn("nobody is told of anything until Kafka can be found: {}", failure.getMessage());
            }
            failing = true;
        }
    }
}
