package org.citybrain.intake.key;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code city-brain.intake.keys.*}.
 *
 * @param readEvery how often it is asked whether any key has changed: a revoked one is refused this soon. 400 ms
 * @param trusted how long what is known of the keys counts while the database does not answer. 5 minutes
 * @param demoFile where the key of {@code demo-gateway} is put, readable by its owner only, where the demo sources are on.
 *     None
 */
@Validated
@ConfigurationProperties("city-brain.intake.keys")
public record KeySettings(
        @DefaultValue("400ms") @NotNull Duration readEvery,
        @DefaultValue("5m") @NotNull Duration trusted,
        @Nullable Path demoFile) {}
