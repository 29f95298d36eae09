package org.citybrain.access.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.citybrain.access.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes refusals to the audit trail, beside the requests: an attacker must neither wait for the database nor make others
 * wait. What is the same within a moment becomes one line with a count; what the queue cannot hold is counted as well, and
 * that count becomes a line.
 */
public final class RefusalLog implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 1_000;
    private static final int LONGEST_TEXT = 300;
    private static final long RETRY_AFTER_MILLIS = 2_000;

    private final AuditTrail audit;
    private final BlockingQueue<AuditLine> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean running;

    @SuppressWarnings("NullAway.Init")
    private Thread writer;

    public RefusalLog(AuditTrail audit) {
        this.audit = audit;
    }

    /** Never waits. */
    public void record(HttpServletRequest request, String reason) {
        AuditLine line = AuditLine.of(
                Person.findCurrent(),
                request.getMethod(),
                shortened(request.getRequestURI()),
                AuditLine.origin(request),
                "REFUSED:" + reason,
                Map.of());
        if (!waiting.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofVirtual().name("audit-refusals").start(this::writeAll);
    }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        writeWaiting();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void writeAll() {
        while (running) {
            try {
                AuditLine first = waiting.take();
                TimeUnit.MILLISECONDS.sleep(100);
                write(first);
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void write(AuditLine first) throws InterruptedException {
        List<AuditLine> lines = new ArrayList<>(List.of(first));
        waiting.drainTo(lines, MOST_AT_ONCE);
        for (AuditLine line : counted(lines)) {
            while (running && !isWritten(line)) {
                TimeUnit.MILLISECONDS.sleep(RETRY_AFTER_MILLIS);
            }
        }
    }

    private void writeWaiting() {
        List<AuditLine> lines = new ArrayList<>();
        waiting.drainTo(lines);
        for (AuditLine line : counted(lines)) {
            if (!isWritten(line)) {
                return;
            }
        }
    }

    private boolean isWritten(AuditLine line) {
        try {
            audit.write(line);
            return true;
        } catch (DataAccessException | TransactionException failure) {
            LOG.warn("The audit trail cannot be written, {} refusals wait: {}", waiting.size(), failure.getMessage());
            return false;
        }
    }

    private List<AuditLine> counted(List<AuditLine> lines) {
        Map<AuditLine, Long> counts = new LinkedHashMap<>();
        lines.forEach(line -> counts.merge(line, 1L, Long::sum));
        List<AuditLine> counted = new ArrayList<>();
        counts.forEach((line, count) -> counted.add(count == 1 ? line : with(line, Map.of("times", count))));
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            counted.add(new AuditLine(
                    "nobody", java.util.Set.of(), null, "refusals", "many", null, "REFUSED", Map.of("times", lost)));
        }
        return counted;
    }

    private static AuditLine with(AuditLine line, Map<String, ?> detail) {
        return new AuditLine(
                line.actor(),
                line.roles(),
                line.unit(),
                line.action(),
                line.object(),
                line.origin(),
                line.result(),
                detail);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
