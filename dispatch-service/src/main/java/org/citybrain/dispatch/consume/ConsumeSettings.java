package org.citybrain.dispatch.consume;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dispatch consumes.
 *
 * @param batchSize most records in one transaction, 1 to 1,000 (each record takes up to five of PostgreSQL's locks); 500 by default
 * @param threads consumers in this instance, 1 to 64; 2 by default. More than the topic has partitions stand idle
 */
@Validated
@ConfigurationProperties("city-brain.dispatch.consume")
record ConsumeSettings(
        @DefaultValue("500") @Min(1) @Max(1_000) int batchSize,
        @DefaultValue("2") @Min(1) @Max(64) int threads) {}
