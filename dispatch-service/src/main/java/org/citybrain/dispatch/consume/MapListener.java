package org.citybrain.dispatch.consume;

import org.citybrain.messages.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Hears that the governance map has changed. Every instance hears it, so each has a consumer group of its own. */
@Component
class MapListener {

    private final RenewMap renewMap;

    MapListener(RenewMap renewMap) {
        this.renewMap = renewMap;
    }

    @KafkaListener(
            topics = Topics.GOVERNANCE_MAP_CHANGED,
            groupId = "dispatch-service-map-${random.uuid}",
            clientIdPrefix = "dispatch-map",
            containerFactory = "mapContainerFactory")
    void hear() {
        renewMap.renew();
    }
}
