package org.citybrain.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings {@code city-brain.intake.*}.
 *
 * @param statusUrlBase where people ask what became of their reports: city-brain-api. http://127.0.0.1:8080
 * @param ownUrl where gateways reach this service, to ask the same with their keys. http://127.0.0.1:8081
 * @param demoSources register the source {@code demo-gateway} for every incident type. false
 * @param refreshEvery how often sources, incident types and the map's version are read anew. 2 s
 * @param largestReport one report, bytes. 256 KiB: with its converted footprint it must fit into a Kafka record of 1 MiB
 * @param largestBatch one batch, bytes. 8 MiB
 * @param mostReportsInABatch reports. 5,000
 * @param oldestReport how long ago a report may have occurred (policy default). 7 days
 * @param clockTolerance how far the clock of a person's device may run ahead (policy default). 2 minutes
 * @param accountReportsPerSecond reports a second from one account without registration, at each instance. 1,000
 * @param burst so many seconds' worth of any sender's rate may come at once, so that at the default rate a full batch passes;
 *     the rate is kept on average. 5 s
 * @param publishPatience how long a sender waits for Kafka before 503; above the producer's delivery.timeout.ms. 12 s
 * @param receivedPartitions partitions of the topic report-received, when this service makes it. 12
 * @param rejectedPartitions partitions of the topic report-rejected, when this service makes it. 3
 */
@Validated
@ConfigurationProperties("city-brain.intake")
public record IntakeSettings(
        @DefaultValue("http://127.0.0.1:8080") @NotNull URI statusUrlBase,
        @DefaultValue("http://127.0.0.1:8081") @NotNull URI ownUrl,
        @DefaultValue("false") boolean demoSources,
        @DefaultValue("2s") @NotNull Duration refreshEvery,
        @DefaultValue("256KB") @NotNull DataSize largestReport,
        @DefaultValue("8MB") @NotNull DataSize largestBatch,
        @DefaultValue("5000") @Min(1) @Max(100_000) int mostReportsInABatch,
        @DefaultValue("7d") @NotNull Duration oldestReport,
        @DefaultValue("2m") @NotNull Duration clockTolerance,
        @DefaultValue("1000") @Min(1) int accountReportsPerSecond,
        @DefaultValue("5s") @NotNull Duration burst,
        @DefaultValue("12s") @NotNull Duration publishPatience,
        @DefaultValue("12") @Min(1) int receivedPartitions,
        @DefaultValue("3") @Min(1) int rejectedPartitions) {}
