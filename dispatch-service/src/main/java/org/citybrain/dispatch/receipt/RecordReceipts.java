package org.citybrain.dispatch.receipt;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.messages.IncidentEventKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Writes receipts into timelines, each once: the lines and the position up to which the outbox was read are one transaction, under the
 * incidents' locks. No incident's version moves by it. Where nobody of a unit could be told of a task, the task's time to acknowledge is up
 * at once, which moves the task's version and is told with the line; the sweep of deadlines asks the unit above.
 */
@Component
public class RecordReceipts {

    private static final Logger log = LoggerFactory.getLogger(RecordReceipts.class);
    private static final int MOST_AT_ONCE = 500;

    private final PostgresReceipts receipts;
    private final OpenIncidents incidents;
    private final IncidentTimeline timeline;
    private final PostgresTransactions transactions;
    private final Clock clock;

    RecordReceipts(
            PostgresReceipts receipts,
            OpenIncidents incidents,
            IncidentTimeline timeline,
            PostgresTransactions transactions,
            Clock clock) {
        this.receipts = receipts;
        this.incidents = incidents;
        this.timeline = timeline;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Records all that came in since. */
    @Scheduled(
            initialDelayString = "${city-brain.dispatch.receipt-interval:500ms}",
            fixedDelayString = "${city-brain.dispatch.receipt-interval:500ms}")
    public void record() {
        try {
            while (recordSome() == MOST_AT_ONCE) {
                log.debug("{} receipts recorded, more are there", MOST_AT_ONCE);
            }
        } catch (DataAccessException failure) {
            log.warn("receipts wait until the database answers: {}", failure.getMessage());
        }
    }

    private int recordSome() {
        AtomicInteger read = new AtomicInteger();
        transactions.inBatch(() -> {
            if (receipts.tryLock()) {
                List<Receipt> next = receipts.next(MOST_AT_ONCE);
                read.set(next.size());
                if (!next.isEmpty()) {
                    store(next);
                }
            }
        });
        return read.get();
    }

    private void store(List<Receipt> next) {
        Set<UUID> concerned = next.stream().map(Receipt::incidentId).collect(Collectors.toSet());
        incidents.lock(concerned);
        Set<UUID> known = receipts.known(concerned);
        Instant now = clock.instant();
        List<Receipt> unreachable = next.stream()
                .filter(receipt -> receipt.kind() == IncidentEventKind.UNREACHABLE)
                .toList();
        Map<UUID, TaskState> unanswered = unreachable.isEmpty()
                ? Map.of()
                : receipts.waitNoLonger(unreachable, now).stream()
                        .collect(Collectors.toMap(TaskState::id, Function.identity()));
        List<Line> lines = new ArrayList<>();
        for (Receipt receipt : next) {
            if (!known.contains(receipt.incidentId())) {
                continue;
            }
            if (receipt.kind() == IncidentEventKind.NOTIFIED) {
                lines.add(line(receipt));
            } else {
                TaskState task = unanswered.get(receipt.taskId());
                if (task != null) {
                    lines.addAll(line(receipt).withTasks(List.of(task)));
                }
            }
        }
        if (!lines.isEmpty()) {
            timeline.tell(lines, now);
        }
        receipts.move(next.getLast(), now);
    }

    private static Line line(Receipt receipt) {
        boolean told = receipt.kind() == IncidentEventKind.NOTIFIED;
        Map<String, Object> detail = new LinkedHashMap<>();
        put(detail, "event", receipt.event());
        put(detail, "eventId", receipt.eventId());
        put(detail, "task", receipt.taskId());
        put(detail, "unit", receipt.unitCode());
        put(detail, "subscription", receipt.subscriptionId());
        put(detail, "channel", receipt.channel());
        put(detail, told ? "deliveredAt" : "foundAt", receipt.recordedAt());
        put(
                detail,
                "why",
                told ? null : "none of those of the unit who asked to be told of its tasks could be told in time");
        return Line.of(
                        receipt.incidentId(),
                        receipt.kind(),
                        receipt.person() == null ? "rule:notice" : "person:" + receipt.person(),
                        null)
                .telling(detail);
    }

    private static void put(Map<String, Object> detail, String name, @Nullable Object value) {
        if (value != null) {
            detail.put(name, value);
        }
    }
}
