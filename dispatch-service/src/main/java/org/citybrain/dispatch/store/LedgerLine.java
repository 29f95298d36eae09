package org.citybrain.dispatch.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.consume.ConsumedReport;

/**
 * What the dispatch end of the ledger counts by.
 *
 * @param firstOffset the first record that the line counts
 * @param hour of receipt
 */
record LedgerLine(String topic, int partition, long firstOffset, String sourceId, Instant hour, Outcome outcome) {

    /** How many records of a batch fall on each line. */
    static Map<LedgerLine, Long> count(List<Settlement> settlements) {
        Map<LedgerLine, Long> counts = new LinkedHashMap<>();
        Map<LedgerLine, Long> firstOffsets = new LinkedHashMap<>();
        for (Settlement settlement : settlements) {
            ConsumedReport consumed = settlement.consumed();
            LedgerLine line = new LedgerLine(
                    consumed.topic(),
                    consumed.partition(),
                    0,
                    consumed.sourceId(),
                    consumed.receivedAt().truncatedTo(ChronoUnit.HOURS),
                    settlement.outcome());
            firstOffsets.merge(line, consumed.offset(), Math::min);
            counts.merge(line, 1L, Long::sum);
        }
        Map<LedgerLine, Long> lines = new LinkedHashMap<>();
        counts.forEach((line, reports) -> lines.put(line.from(firstOffsets.getOrDefault(line, 0L)), reports));
        return lines;
    }

    LedgerLine with(Outcome other) {
        return new LedgerLine(topic, partition, firstOffset, sourceId, hour, other);
    }

    private LedgerLine from(long offset) {
        return new LedgerLine(topic, partition, offset, sourceId, hour, outcome);
    }
}
