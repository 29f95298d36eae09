package org.citybrain.api.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice that this instance has claimed and nobody else tries meanwhile.
 *
 * @param attempts with this one
 * @param formerSecretUntil until when the former secret signs, too; null: there is none
 */
record Delivery(
        UUID noticeId,
        UUID subscriptionId,
        String eventId,
        Instant happenedAt,
        String content,
        int attempts,
        URI target,
        int secretGeneration,
        @Nullable Instant formerSecretUntil) {}
