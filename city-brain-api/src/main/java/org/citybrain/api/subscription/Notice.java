package org.citybrain.api.subscription;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that somebody is told.
 *
 * @param eventId the id of what happened: the same event has the same id in all notices, and as {@code webhook-id}
 * @param taskId the task, where the event is about one
 * @param happenedAt when it stands in the incident's timeline
 * @param content what is told: the same for live notices and webhooks
 * @param attempts how often a webhook was tried
 * @param nextAttemptAt when a waiting webhook is tried again; null for all else
 * @param deliveredAt when it got through: the webhook was answered with 2xx, or the browser confirmed that it was shown
 * @param lastFailure why the last attempt failed; null where none did
 */
public record Notice(
        UUID id,
        UUID subscriptionId,
        String eventId,
        NoticeEvent event,
        UUID incidentId,
        @Nullable UUID taskId,
        Instant happenedAt,

        @Schema(types = "object", additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        JsonNode content,

        Status status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt,
        @Nullable String lastFailure) {

    /** What has become of the telling. */
    @Schema(name = "NoticeStatus")
    public enum Status {
        /** Not read yet, or to be tried (again). */
        WAITING,
        DELIVERED,
        /** A webhook that was tried as often as it is tried; a person may have it tried again. */
        DEAD
    }
}
