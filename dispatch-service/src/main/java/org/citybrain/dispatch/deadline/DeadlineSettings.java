package org.citybrain.dispatch.deadline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deadlines are swept.
 *
 * @param interval from the end of one sweep of a lane to its next; 2 seconds by default
 * @param lanes sweeps at the same time over all instances, 1 to 16; 2 by default, so that one goes on where another died
 * @param threads lanes that one instance runs at the same time, 1 to 16; 2 by default
 * @param batchSize most incidents in one transaction, 1 to 2,000 (each takes one of PostgreSQL's locks); 100 by default, so that a report that joins one of them does not wait long
 * @param mostRest longest rest of a lane that gives way to reports; 2 seconds by default, with 0 it gives way to none
 * @param alarmInterval how often the city is alarmed again while it misses a deadline (policy default: 30 minutes)
 */
@Validated
@ConfigurationProperties("city-brain.dispatch.deadlines")
record DeadlineSettings(
        @DefaultValue("2s") Duration interval,
        @DefaultValue("2") @Min(1) @Max(16) int lanes,
        @DefaultValue("2") @Min(1) @Max(16) int threads,
        @DefaultValue("100") @Min(1) @Max(2_000) int batchSize,
        @DefaultValue("2s") Duration mostRest,
        @DefaultValue("30m") Duration alarmInterval) {}
