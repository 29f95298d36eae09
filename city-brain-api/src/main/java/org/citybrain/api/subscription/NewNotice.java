package org.citybrain.api.subscription;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event that a subscription asked for.
 *
 * @param taskId the task, where the event is about one
 * @param content what is told
 */
public record NewNotice(
        UUID subscriptionId,
        String eventId,
        NoticeEvent event,
        UUID incidentId,
        @Nullable UUID taskId,
        Instant happenedAt,
        JsonNode content) {}
