package org.citybrain.dispatch.publish;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.citybrain.messages.IncidentChanged;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.Topics;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The messages of one line of the timeline: the incident's change, and each task that it names. Their ids are stable. */
final class TimelineMessages {

    private static final String SOURCE = "/dispatch-service";

    private TimelineMessages() {}

    static List<ProducerRecord<String, byte[]>> of(TimelineEntry entry) {
        IncidentChanged changed = entry.changed();
        String incident = changed.incidentId().toString();
        String traceParent = traceParent(entry);
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>();
        messages.add(MessageEnvelope.extendedRecord(
                Topics.INCIDENT_CHANGED,
                incident,
                incident + ":" + changed.sequence(),
                SOURCE,
                changed.recordedAt(),
                extensions(traceParent, MessageEnvelope.KIND, changed.kind().name()),
                changed));
        for (ObjectNode task : entry.tasks()) {
            messages.add(MessageEnvelope.extendedRecord(
                    Topics.TASK_CHANGED,
                    task.path("unitCode").asString(),
                    task.path("id").asString() + ":" + changed.sequence(),
                    SOURCE,
                    changed.recordedAt(),
                    extensions(
                            traceParent,
                            MessageEnvelope.STATUS,
                            task.path("status").asString()),
                    // A TaskChanged as it is sent: the task is in the line already in that form, but for its incident.
                    task.put("incidentId", incident)
                            .put("incidentVersion", changed.incident().version())));
        }
        return messages;
    }

    private static Map<String, String> extensions(@Nullable String traceParent, String name, String value) {
        return traceParent == null ? Map.of(name, value) : Map.of("traceparent", traceParent, name, value);
    }

    /** The trace goes on with the line itself as the parent span. */
    private static @Nullable String traceParent(TimelineEntry entry) {
        return entry.traceId() == null
                ? null
                : "00-" + entry.traceId() + "-"
                        + HexFormat.of().toHexDigits(entry.changed().sequence()) + "-01";
    }
}
