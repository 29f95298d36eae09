package org.citybrain.api.dispatch;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.dispatch-…}: how dispatch-service is reached.
 *
 * @param dispatchUrl its base URL
 * @param dispatchConnectTimeout how long a connection may take
 * @param dispatchReadTimeout how long an answer may take
 */
@ConfigurationProperties("city-brain.api")
record DispatchSettings(
        @DefaultValue("http://127.0.0.1:8082") URI dispatchUrl,
        @DefaultValue("2s") Duration dispatchConnectTimeout,
        @DefaultValue("10s") Duration dispatchReadTimeout) {

    DispatchSettings {
        if (dispatchUrl.getHost() == null
                || !String.valueOf(dispatchUrl.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("city-brain.api.dispatch-url is '" + dispatchUrl
                    + "': expected a URL such as http://127.0.0.1:8082");
        }
        requirePositive("dispatch-connect-timeout", dispatchConnectTimeout);
        requirePositive("dispatch-read-timeout", dispatchReadTimeout);
    }

    private static void requirePositive(String name, Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "city-brain.api." + name + " is " + timeout + ": expected more than nothing, such as 2s");
        }
    }
}
