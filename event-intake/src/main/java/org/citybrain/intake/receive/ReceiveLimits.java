package org.citybrain.intake.receive;

/**
 * How much may come with one request.
 *
 * @param reportBytes bytes of one report
 * @param batchBytes bytes of one batch
 * @param batchItems reports in one batch
 */
public record ReceiveLimits(int reportBytes, int batchBytes, int batchItems) {}
