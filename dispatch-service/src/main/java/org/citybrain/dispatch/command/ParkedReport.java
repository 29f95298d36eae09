package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A parked record, with the bytes that it came in. */
@SuppressWarnings("ArrayRecordComponent") // the bytes as they came; records are never compared
record ParkedReport(
        UUID id,
        @Nullable UUID reportId,
        String status,
        String topic,
        int partition,
        long offset,
        Instant receivedAt,
        Map<String, String> headers,
        byte[] payload) {}
