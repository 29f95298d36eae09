package org.citybrain.api.subscription.consume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.citybrain.api.subscription.NewNotice;
import org.citybrain.api.subscription.NoticeEvent;
import org.citybrain.api.subscription.NoticeSettings;
import org.citybrain.api.subscription.PostgresNotices;
import org.citybrain.api.subscription.PostgresReachWatch;
import org.citybrain.api.subscription.PostgresReachWatch.Watched;
import org.citybrain.api.subscription.PostgresSubscriptions;
import org.citybrain.api.subscription.Subscription;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageEnvelope;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.TaskChanged;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/**
 * Makes the notices of a batch of messages, in one transaction with its offsets: whatever is killed in the middle of it, nobody is told
 * twice and nobody is forgotten.
 */
@Component
class MakeNotices {

    private static final Logger LOG = LoggerFactory.getLogger(MakeNotices.class);

    private final PostgresNoticeOffsets offsets;
    private final PostgresSubscriptions subscriptions;
    private final PostgresIncidentsTold incidents;
    private final PostgresNotices notices;
    private final PostgresReachWatch watch;
    private final Timing timing;

    MakeNotices(
            PostgresNoticeOffsets offsets,
            PostgresSubscriptions subscriptions,
            PostgresIncidentsTold incidents,
            PostgresNotices notices,
            PostgresReachWatch watch,
            Timing timing) {
        this.offsets = offsets;
        this.subscriptions = subscriptions;
        this.incidents = incidents;
        this.notices = notices;
        this.watch = watch;
        this.timing = timing;
    }

    /** @throws StaleOffsets if the batch does not begin where the stored offsets say; nothing is stored then */
    @Transactional
    public void make(List<ConsumerRecord<String, byte[]>> records) {
        offsets.move(ranges(records));
        List<Happening> happenings = new ArrayList<>();
        Set<UUID> answered = new HashSet<>();
        Set<NoticeEvent> events = records.stream()
                .map(ReadHappening::possible)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        List<Subscription> asked = events.isEmpty() ? List.of() : subscriptions.listActive(events);
        Set<NoticeEvent> wanted = asked.stream()
                .flatMap(subscription -> subscription.events().stream())
                .collect(Collectors.toSet());
        for (ConsumerRecord<String, byte[]> record : records) {
            read(record, wanted, happenings, answered);
        }
        if (!asked.isEmpty()) {
            tell(happenings, asked);
        }
        if (!answered.isEmpty()) {
            watch.forget(answered);
        }
    }

    private void tell(List<Happening> happenings, List<Subscription> asked) {
        incidents.readForTheCity();
        Map<UUID, IncidentTold> told =
                incidents.list(happenings.stream().map(Happening::incidentId).toList());
        List<NewNotice> made = new ArrayList<>();
        // A batch may tell of a task twice, when it was dispatched again: the later one is watched.
        Map<UUID, Watched> watched = new LinkedHashMap<>();
        for (Happening happening : withoutThoseThatGaveNoMore(happenings)) {
            IncidentTold incident = told.get(happening.incidentId());
            List<Subscription> matching =
                    incident == null ? List.of() : MatchSubscriptions.match(happening, incident, asked);
            if (incident == null || matching.isEmpty()) {
                continue;
            }
            JsonNode content = MessageJson.MAPPER.valueToTree(NoticeContent.of(happening, incident));
            TaskChanged task = happening.task();
            matching.forEach(subscription -> made.add(new NewNotice(
                    subscription.id(),
                    happening.eventId(),
                    happening.event(),
                    happening.incidentId(),
                    task == null ? null : task.id(),
                    happening.at(),
                    content)));
            if (task != null && task.acknowledgeBy() != null) {
                watched.put(
                        task.id(),
                        new Watched(
                                task.id(),
                                incident.id(),
                                task.unitCode(),
                                happening.eventId(),
                                timing.dueAt(incident.level())));
            }
        }
        if (!made.isEmpty()) {
            notices.add(made);
        }
        if (!watched.isEmpty()) {
            watch.watch(List.copyOf(watched.values()));
        }
    }

    private List<Happening> withoutThoseThatGaveNoMore(List<Happening> happenings) {
        List<Happening> graded = happenings.stream()
                .filter(happening -> happening.event() == NoticeEvent.GRADED_UP)
                .toList();
        if (graded.isEmpty()) {
            return happenings;
        }
        Map<String, PostgresIncidentsTold.Change> changes = incidents.changes(graded);
        return happenings.stream()
                .filter(happening -> happening.event() != NoticeEvent.GRADED_UP
                        || (changes.containsKey(happening.eventId())
                                && changes.get(happening.eventId()).isUp()))
                .toList();
    }

    /** What cannot be read tells nobody anything: it is logged, and the rest of the batch goes on. */
    private static void read(
            ConsumerRecord<String, byte[]> record,
            Set<NoticeEvent> wanted,
            List<Happening> happenings,
            Set<UUID> answered) {
        try {
            ReadHappening.answered(record).ifPresent(answered::add);
            if (!ReadHappening.isWorthReading(record, wanted)) {
                return;
            }
            if (ReadHappening.isOfTask(record)) {
                TaskChanged task = ReadHappening.task(record);
                ReadHappening.ofTask(task, MessageEnvelope.time(record)).ifPresent(dispatched -> {
                    happenings.add(dispatched);
                    answered.remove(task.id());
                });
                if (task.status() != TaskStatus.DISPATCHED) {
                    answered.add(task.id());
                }
            } else {
                ReadHappening.ofIncident(record).ifPresent(happenings::add);
            }
        } catch (RuntimeException unreadable) {
            LOG.error(
                    "the message at {}-{}@{} cannot be read, nobody is told of it: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    unreadable.toString());
        }
    }

    private static List<OffsetRange> ranges(List<ConsumerRecord<String, byte[]>> records) {
        Map<TopicPartition, OffsetRange> ranges = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            OffsetRange range = ranges.get(partition);
            ranges.put(
                    partition,
                    new OffsetRange(partition, range == null ? record.offset() : range.first(), record.offset() + 1));
        }
        return List.copyOf(ranges.values());
    }

    /** By when somebody must have been reached, counted from now: what was published while nobody listened is told first. */
    @Component
    static class Timing {

        private final NoticeSettings settings;
        private final Clock clock;

        Timing(NoticeSettings settings, Clock clock) {
            this.settings = settings;
            this.clock = clock;
        }

        Instant dueAt(@Nullable Level level) {
            Duration within =
                    level == Level.I || level == Level.II ? settings.reachWithin() : settings.reachOthersWithin();
            return clock.instant().plus(within);
        }
    }
}
