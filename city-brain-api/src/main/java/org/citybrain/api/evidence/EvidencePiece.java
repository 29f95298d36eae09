package org.citybrain.api.evidence;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A piece of evidence that is stored.
 *
 * @param uri how a report or a report-back refers to it, in {@code evidence[].uri}
 * @param storedAt when it came first
 */
record EvidencePiece(
        String sha256,

        @Schema(example = "citybrain:evidence/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String uri,

        String mediaType,
        long sizeBytes,
        Instant storedAt) {}
