package org.citybrain.dispatch.consume;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Starts to consume once there is a governance map: until then reports wait on the topic, where they are safe. */
@Component
class StartWhenMapped {

    private static final Logger log = LoggerFactory.getLogger(StartWhenMapped.class);

    private final RenewMap renewMap;
    private final KafkaListenerEndpointRegistry listeners;
    private final boolean autoStart;

    StartWhenMapped(
            RenewMap renewMap,
            KafkaListenerEndpointRegistry listeners,
            @Value("${city-brain.dispatch.auto-start:true}") boolean autoStart) {
        this.renewMap = renewMap;
        this.listeners = listeners;
        this.autoStart = autoStart;
    }

    /** Also looks for a new version by itself, should a message be late. */
    @Scheduled(fixedDelayString = "${city-brain.dispatch.map-interval:1s}")
    void lookForMap() {
        boolean mapped = renewMap.renew();
        MessageListenerContainer container = listeners.getListenerContainer(ReportListener.ID);
        if (autoStart && mapped && container != null && !container.isRunning()) {
            log.info("the governance map is there: reports are being consumed");
            container.start();
        }
    }
}
