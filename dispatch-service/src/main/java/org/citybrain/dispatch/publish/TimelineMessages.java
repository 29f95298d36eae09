package org.citybrain.dispatch.publish;

import java.util.ArrayList;
import java.util.List;
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
        String traceParent = traceParent(entry);
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>();
        messages.add(MessageEnvelope.record(
                Topics.INCIDENT_CHANGED,
                changed.incidentId().toString(),
                changed.incidentId() + ":" + changed.sequence(),
                SOURCE,
                changed.recordedAt(),
                traceParent,
                changed));
        for (JsonNode task : changed.detail().path("tasks")) {
            TaskChanged taskChanged = taskChanged(task, changed);
            messages.add(MessageEnvelope.record(
                    Topics.TASK_CHANGED,
                    taskChanged.unitCode(),
                    taskChanged.id() + ":" + changed.sequence(),
                    SOURCE,
                    changed.recordedAt(),
                    traceParent,
                    taskChanged));
        }
        return messages;
    }

    private static TaskChanged taskChanged(JsonNode task, IncidentChanged changed) {
        ObjectNode message = (ObjectNode) task.deepCopy();
        message.put("incidentId", changed.incidentId().toString());
        message.put("incidentVersion", changed.incident().version());
        return MessageJson.MAPPER.treeToValue(message, TaskChanged.class);
    }

    /** The trace goes on with the line itself as the parent span. */
    private static @Nullable String traceParent(TimelineEntry entry) {
        return entry.traceId() == null
                ? null
                : "00-%s-%016x-01".formatted(entry.traceId(), entry.changed().sequence());
    }
}
