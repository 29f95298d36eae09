package org.citybrain.dispatch.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of one line of the timeline: the incident's change, and each task that it names. Their ids are stable. */
final class TimelineMessages {

    private static final String SOURCE = "/dispatch-service";

    private TimelineMessages() {}

    static List<ProducerRecord<String, byte[]>> of(TimelineEntry entry) {
        IncidentChanged changed = entry.changed();
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>();
        messages.add(MessageEnvelope.extendedRecord(
                Topics.INCIDENT_CHANGED,
                changed.incidentId().toString(),
                changed.incidentId() + ":" + changed.sequence(),
                SOURCE,
                changed.recordedAt(),
                extensions(entry, MessageEnvelope.KIND, changed.kind().name()),
                changed));
        for (JsonNode task : changed.detail().path("tasks")) {
            messages.add(MessageEnvelope.extendedRecord(
                    Topics.TASK_CHANGED,
                    task.path("unitCode").asString(),
                    task.path("id").asString() + ":" + changed.sequence(),
                    SOURCE,
                    changed.recordedAt(),
                    extensions(
                            entry, MessageEnvelope.STATUS, task.path("status").asString()),
                    taskChanged(task, changed)));
        }
        return messages;
    }

    /** A {@link TaskChanged} as it is sent: the task is in the line already in that form, but for its incident. */
    private static ObjectNode taskChanged(JsonNode task, IncidentChanged changed) {
        ObjectNode message = MessageJson.MAPPER.createObjectNode();
        message.setAll((ObjectNode) task);
        message.put("incidentId", changed.incidentId().toString());
        message.put("incidentVersion", changed.incident().version());
        return message;
    }

    private static Map<String, String> extensions(TimelineEntry entry, String name, String value) {
        String traceParent = traceParent(entry);
        return traceParent == null ? Map.of(name, value) : Map.of("traceparent", traceParent, name, value);
    }

    /** The trace goes on with the line itself as the parent span. */
    private static @Nullable String traceParent(TimelineEntry entry) {
        return entry.traceId() == null
                ? null
                : "00-%s-%016x-01".formatted(entry.traceId(), entry.changed().sequence());
    }
}
