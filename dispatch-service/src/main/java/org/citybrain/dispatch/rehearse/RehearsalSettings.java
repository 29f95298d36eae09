package org.citybrain.dispatch.rehearse;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How rehearsals run. One at a time in each instance.
 *
 * @param workers threads that read and decide, each with a database connection of its own, 1 to 8; 2 by default
 * @param waiting how many more may wait for their turn, 0 to 20; 4 by default
 * @param heartbeat how often a running one says that it still runs; every 2 seconds by default
 * @param cancelLook how often an instance looks whether one that it runs was cancelled through another; every 300 ms by default
 * @param sweep how often those that count as failed are looked for; every 10 seconds by default
 * @param deadAfter when one that has not said so counts as failed; after 30 seconds by default
 */
@Validated
@ConfigurationProperties("city-brain.dispatch.rehearsal")
record RehearsalSettings(
        @DefaultValue("2") @Min(1) @Max(8) int workers,
        @DefaultValue("4") @Min(0) @Max(20) int waiting,
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue("300ms") Duration cancelLook,
        @DefaultValue("10s") Duration sweep,
        @DefaultValue("30s") Duration deadAfter) {}
