package org.citybrain.api.neighbour;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.neighbour.…}: how the services are reached of which a page asks something.
 *
 * @param gridUrl the base URL of grid-service
 * @param intakeUrl the base URL of event-intake
 * @param connectTimeout how long a connection may take. 2 s
 * @param readTimeout how long the beginning of an answer may take. 10 s
 */
@ConfigurationProperties("city-brain.api.neighbour")
record NeighbourSettings(
        @DefaultValue("http://127.0.0.1:8083") URI gridUrl,
        @DefaultValue("http://127.0.0.1:8081") URI intakeUrl,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout) {

    NeighbourSettings {
        requireAddress("grid-url", gridUrl);
        requireAddress("intake-url", intakeUrl);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("read-timeout", readTimeout);
    }

    private static void requireAddress(String name, URI url) {
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("city-brain.api.neighbour." + name + " is '" + url
                    + "': expected a URL such as http://127.0.0.1:8083");
        }
    }

    private static void requirePositive(String name, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "city-brain.api.neighbour." + name + " is " + timeout + ": expected more than nothing, such as 2s");
        }
    }
}
