package org.citybrain.api.subscription.consume;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Topics;
import tools.jackson.databind.JsonNode;

/**
 * What a message tells, if anybody may want to be told of it. The kind is read as text: a dispatch-service of a later version may have
 * kinds that this one does not know, and they are no reason to stop.
 */
final class ReadHappening {

    /** Kinds that have the same name as the event. */
    private static final Map<String, NoticeEvent> AS_THEY_ARE = Arrays.stream(NoticeEvent.values())
            .filter(event -> event != NoticeEvent.DISPATCHED_TO_UNIT && event != NoticeEvent.GRADED_UP)
            .collect(Collectors.toMap(Enum::name, Function.identity()));

    /** Kinds after which the level or scope may be another. */
    private static final Map<String, NoticeEvent> WITH_A_GRADE = Map.of(
            "GRADED", NoticeEvent.GRADED_UP, "REGRADED", NoticeEvent.GRADED_UP, "TOOK_IN", NoticeEvent.GRADED_UP);

    /** One moment, written with more digits here and fewer there. */
    private static final Duration SAME_MOMENT = Duration.ofMillis(1);

    private ReadHappening() {}

    /** Whether a message has to be read: most tell what nobody wants to be told of, and their headers say so. */
    static boolean isWorthReading(ConsumerRecord<String, byte[]> record, Set<NoticeEvent> wanted) {
        String header = isOfTask(record) ? MessageEnvelope.STATUS : MessageEnvelope.KIND;
        return MessageEnvelope.attribute(record, header) == null || !Collections.disjoint(possible(record), wanted);
    }

    /** What a message may tell, by its headers alone; one from an older dispatch-service, without these headers, anything. */
    static Set<NoticeEvent> possible(ConsumerRecord<String, byte[]> record) {
        if (isOfTask(record)) {
            String status = MessageEnvelope.attribute(record, MessageEnvelope.STATUS);
            return status == null || status.equals(TaskStatus.DISPATCHED.name())
                    ? EnumSet.of(NoticeEvent.DISPATCHED_TO_UNIT)
                    : Set.of();
        }
        String kind = MessageEnvelope.attribute(record, MessageEnvelope.KIND);
        if (kind == null) {
            return EnumSet.complementOf(EnumSet.of(NoticeEvent.DISPATCHED_TO_UNIT));
        }
        NoticeEvent event = AS_THEY_ARE.getOrDefault(kind, WITH_A_GRADE.get(kind));
        return event == null ? Set.of() : EnumSet.of(event);
    }

    /** The task that somebody has answered, by the headers alone; absent where it waits, or where only the message says. */
    static Optional<UUID> answered(ConsumerRecord<String, byte[]> record) {
        String status = MessageEnvelope.attribute(record, MessageEnvelope.STATUS);
        String id = MessageEnvelope.attribute(record, "id");
        return !isOfTask(record) || status == null || id == null || status.equals(TaskStatus.DISPATCHED.name())
                ? Optional.empty()
                : Optional.of(UUID.fromString(id.substring(0, id.indexOf(':'))));
    }

    /** @throws RuntimeException if it is no such message */
    static Optional<Happening> ofIncident(ConsumerRecord<String, byte[]> record) {
        JsonNode change = MessageEnvelope.read(record, JsonNode.class);
        String kind = change.path("kind").asString();
        NoticeEvent event = AS_THEY_ARE.getOrDefault(kind, WITH_A_GRADE.get(kind));
        if (event == null) {
            return Optional.empty();
        }
        UUID incident = UUID.fromString(change.path("incidentId").asString());
        long sequence = change.path("sequence").asLong();
        JsonNode detail = change.path("detail");
        return Optional.of(new Happening(
                incident + ":" + sequence,
                event,
                incident,
                Instant.parse(change.path("recordedAt").asString()),
                sequence,
                change.path("actor").asString(),
                detail.path("reason")
                        .asStringOpt()
                        .or(() -> detail.path("why").asStringOpt())
                        .orElse(null),
                null));
    }

    static TaskChanged task(ConsumerRecord<String, byte[]> record) {
        return MessageEnvelope.read(record, TaskChanged.class);
    }

    /**
     * A task is dispatched in its first version, and once more where its time begins anew with the very line that names it: after a
     * reopening, or when it grows from a notice. Each is told once, however many lines name it.
     *
     * @param toldAt when the line was written
     */
    static Optional<Happening> ofTask(TaskChanged task, Instant toldAt) {
        boolean isFirst = task.version() == 1;
        boolean isAgain = Duration.between(task.dispatchedAt(), toldAt).abs().compareTo(SAME_MOMENT) < 0;
        if (task.status() != TaskStatus.DISPATCHED || !(isFirst || isAgain)) {
            return Optional.empty();
        }
        return Optional.of(new Happening(
                task.id() + (isFirst ? ":dispatched" : ":dispatched:" + task.version()),
                NoticeEvent.DISPATCHED_TO_UNIT,
                task.incidentId(),
                task.dispatchedAt(),
                0,
                null,
                null,
                task));
    }

    static boolean isOfTask(ConsumerRecord<?, ?> record) {
        return record.topic().equals(Topics.TASK_CHANGED);
    }
}
