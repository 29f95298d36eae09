package org.citybrain.dispatch.archive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What leaves the tables that are worked with, and when.
 *
 * @param attachedMonths how many whole months before this one stay, 13 to 120 (policy default: 13, so that a year can be compared with the one before). Not fewer: a
 *     report may have waited on its topic for a year, and its month must be there
 * @param detailedDays for how many days the ledger's lines stay as they were written, 2 to 90 (2 by default); later there is one for each source, hour and
 *     outcome, and after 13 months, however many stay attached, one for each source, month and outcome
 * @param every how often is looked; 1 hour by default
 */
@Validated
@ConfigurationProperties("city-brain.dispatch.archive")
record ArchiveSettings(
        @DefaultValue("13") @Min(13) @Max(120) int attachedMonths,
        @DefaultValue("2") @Min(2) @Max(90) int detailedDays,
        @DefaultValue("1h") Duration every) {}
