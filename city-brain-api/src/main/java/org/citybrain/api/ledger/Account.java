package org.citybrain.api.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citybrain.api.ledger.Ledger.Refusals;

/**
 * What the database knew at one moment.
 *
 * @param counts of the whole span that was asked for; its left end is event-intake's count of the records
 * @param lines by source and hour, the newest hour first
 * @param refusals at the gate, by source and reason, of the hours that have lines
 * @param consumed how far dispatch-service has come on report-received, by partition
 * @param accounted how far event-intake has counted, by topic and partition
 */
record Account(
        Counts counts,
        List<SourceHour> lines,
        List<Refusals> refusals,
        Map<Integer, Long> consumed,
        Map<String, Map<Integer, Long>> accounted) {

    /** What one source reported in one hour of receipt. */
    record SourceHour(String source, Instant hour, Counts counts) {}
}
