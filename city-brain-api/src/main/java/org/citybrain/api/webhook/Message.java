package org.citybrain.api.webhook;

import java.time.Instant;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvent in structured mode.
 *
 * @param id the event's: the same in every attempt, and in {@code webhook-id}
 * @param subject the subscription that it is sent for
 * @param time when it happened
 */
record Message(
        String specversion,
        String id,
        String source,
        String type,
        String subject,
        Instant time,
        String datacontenttype,
        JsonNode data) {

    static final String TYPE = "citybrain.notice.v1";

    static Message of(Delivery delivery) {
        return new Message(
                "1.0",
                delivery.eventId(),
                "/city-brain-api",
                TYPE,
                "subscriptions/" + delivery.subscriptionId(),
                delivery.happenedAt(),
                "application/json",
                MessageJson.MAPPER.readTree(delivery.content()));
    }
}
