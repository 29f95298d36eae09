package org.citybrain.api.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A piece that comes in parts.
 *
 * @param parts the keys of what has come, in order; empty once it is whole
 */
record EvidenceUpload(
        UUID id,
        String person,
        Sha256 sha256,
        EvidenceType type,
        long sizeBytes,
        long receivedBytes,
        List<String> parts,
        Instant expiresAt) {

    EvidenceUpload {
        parts = List.copyOf(parts);
    }

    boolean isWhole() {
        return receivedBytes == sizeBytes;
    }
}
