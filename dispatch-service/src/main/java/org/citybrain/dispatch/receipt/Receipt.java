package org.citybrain.dispatch.receipt;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was told, or that nobody of a unit could be.
 *
 * @param transactionId and {@code sequence}: its place in the order of the outbox
 * @param kind {@code NOTIFIED} or {@code UNREACHABLE}
 * @param taskId the task that it is about, where it is about one
 * @param eventId the id of what was told
 * @param event what was told, as a subscription names it
 * @param unitCode the unit that could not be told; null where somebody was
 * @param subscriptionId by which somebody was told; null where nobody was, as are the next two
 */
record Receipt(
        String transactionId,
        long sequence,
        IncidentEventKind kind,
        UUID incidentId,
        @Nullable UUID taskId,
        String eventId,
        String event,
        @Nullable String unitCode,
        @Nullable UUID subscriptionId,
        @Nullable String person,
        @Nullable String channel,
        Instant recordedAt) {}
