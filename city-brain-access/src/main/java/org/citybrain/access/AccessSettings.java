package org.citybrain.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code city-brain.access.*}, the same for every service.
 *
 * @param issuer the OpenID Connect issuer whose tokens count, as it stands in their {@code iss}. http://127.0.0.1:8084
 * @param issuerAddress where the services reach the issuer, when that is not where its name says: behind a proxy, or between
 *     containers. Empty: at its name
 * @param audience what their {@code aud} must hold. city-brain
 * @param metricsKey whoever sends it as a bearer token may read {@code /actuator/prometheus}, and nothing else. Empty: nobody
 *     may but an administrator
 */
@ConfigurationProperties("city-brain.access")
public record AccessSettings(
        @DefaultValue("http://127.0.0.1:8084") String issuer,
        @DefaultValue("") String issuerAddress,
        @DefaultValue("city-brain") String audience,
        @DefaultValue("") String metricsKey) {

    private static final int SHORTEST_KEY = 32;

    public AccessSettings {
        if (!metricsKey.isEmpty() && metricsKey.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("city-brain.access.metrics-key has " + metricsKey.length()
                    + " characters: expected " + SHORTEST_KEY + " random ones or more");
        }
    }

    /** Where its discovery document is looked for. */
    public String addressOfIssuer() {
        return issuerAddress.isEmpty() ? issuer : issuerAddress;
    }

    /** Without its secret. */
    @Override
    public String toString() {
        return "AccessSettings[issuer=" + issuer + ", issuerAddress=" + issuerAddress + ", audience=" + audience + "]";
    }
}
