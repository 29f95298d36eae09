package org.citybrain.api.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.citybrain.api.audit.AuditVerification.Fault;
import org.citybrain.api.audit.AuditVerification.FaultKind;
import org.citybrain.api.audit.publish.AuditAnchor;
import org.citybrain.api.audit.publish.AuditAnchors;
import org.springframework.stereotype.Component;

/**
 * Walks the whole trail and finds a line that was changed, one that is missing, and an end that was cut off. The anchors are
 * read first: whatever head one of them names, the trail must hold by now.
 */
@Component
class VerifyAudit {

    private static final int AT_ONCE = 10_000;
    private static final int MOST_FAULTS = 100;

    private final AuditQueries trail;
    private final AuditAnchors anchors;

    VerifyAudit(AuditQueries trail, AuditAnchors anchors) {
        this.trail = trail;
        this.anchors = anchors;
    }

    AuditVerification verify() {
        return new Walk(anchors.list()).toTheEnd();
    }

    private final class Walk {

        private final int anchored;
        /** The lowest sequence first. */
        private final Deque<AuditAnchor> ahead;

        private final List<Fault> faults = new ArrayList<>();
        private long lines;
        private long sequence;
        private String hash = "";

        Walk(List<AuditAnchor> anchors) {
            this.anchored = anchors.size();
            this.ahead = new ArrayDeque<>(anchors.stream()
                    .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
                    .toList());
        }

        AuditVerification toTheEnd() {
            List<AuditEntry> next = trail.listAfter(sequence, AT_ONCE);
            while (!next.isEmpty() && faults.size() < MOST_FAULTS) {
                next.forEach(this::step);
                next = trail.listAfter(sequence, AT_ONCE);
            }
            if (next.isEmpty() && !ahead.isEmpty()) {
                fault(
                        FaultKind.CUT_OFF,
                        ahead.getLast().sequence(),
                        "the trail ends at " + sequence + ", and its head was once "
                                + ahead.getLast().sequence());
            }
            return new AuditVerification(faults.isEmpty(), lines, sequence, anchored, faults);
        }

        private void step(AuditEntry line) {
            if (line.sequence() != sequence + 1) {
                fault(
                        FaultKind.MISSING,
                        sequence + 1,
                        "after " + sequence + " comes " + line.sequence() + ": what lay between is gone");
            } else if (!line.hash().equals(line.hashAfter(hash))) {
                fault(FaultKind.CHANGED, line.sequence(), "the line does not have the hash that follows from it");
            }
            lines++;
            sequence = line.sequence();
            hash = line.hash();
            compareWithAnchors();
        }

        private void compareWithAnchors() {
            while (!ahead.isEmpty() && ahead.getFirst().sequence() <= sequence) {
                AuditAnchor anchor = ahead.removeFirst();
                if (anchor.sequence() == sequence && !anchor.hash().equals(hash)) {
                    fault(FaultKind.CHANGED, sequence, "the line's hash was once " + anchor.hash());
                }
            }
        }

        private void fault(FaultKind kind, long at, String detail) {
            faults.add(new Fault(kind, at, detail));
        }
    }
}
