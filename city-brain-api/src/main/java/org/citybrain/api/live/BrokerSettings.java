package org.citybrain.api.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.broker}.
 *
 * @param timeout how long Kafka may take to say where its topics end, at least 100 ms
 */
@ConfigurationProperties("city-brain.api.broker")
record BrokerSettings(@DefaultValue("2s") Duration timeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    BrokerSettings {
        if (timeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "city-brain.api.broker.timeout is " + timeout + ": expected at least " + SHORTEST);
        }
    }
}
