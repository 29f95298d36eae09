package org.citybrain.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code city-brain.access.*}, the same for every service.
 *
 * @param issuer the OpenID Connect issuer whose tokens count, as it stands in their {@code iss}. http://127.0.0.1:8084
 * @param audience what their {@code aud} must hold. city-brain
 */
@ConfigurationProperties("city-brain.access")
public record AccessSettings(
        @DefaultValue("http://127.0.0.1:8084") String issuer,
        @DefaultValue("city-brain") String audience) {}
