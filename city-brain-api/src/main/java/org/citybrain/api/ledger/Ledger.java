package org.citybrain.api.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every report accounted for.
 *
 * @param from the first hour that the totals hold; null where they hold everything there ever was
 * @param to the end of the last hour that the totals hold; null as well
 * @param counting event-intake is still counting what lies on the topics: lines may show less than there is
 * @param linesFrom the first hour that has lines
 * @param linesTo the end of the last hour that has lines
 * @param lines by source and hour of receipt, the newest hour first
 * @param refusals at the gate, by source and reason, of the hours that have lines; the most first
 */
public record Ledger(
        @Nullable Instant from,
        @Nullable Instant to,
        boolean counting,
        Totals totals,
        Instant linesFrom,
        Instant linesTo,
        List<Line> lines,
        List<Refusals> refusals,
        List<PartitionAccount> partitions) {

    public Ledger {
        lines = List.copyOf(lines);
        refusals = List.copyOf(refusals);
        partitions = List.copyOf(partitions);
    }

    /**
     * received + refused = opened + merged + rejected + parked + discarded + duplicates + waiting + difference.
     *
     * @param received records on report-received: admitted reports
     * @param refused records on report-rejected: refusals at the gate
     * @param rejected by dispatch-service, and the refusals at the gate that were kept
     * @param waiting not worked off yet
     * @param uncounted records that event-intake has not counted yet
     * @param balanced both ends agree, and so do both ways of counting what waits
     * @param difference what one end has and the other has not: 0 where nothing was lost or counted twice
     */
    public record Totals(
            long received,
            long refused,
            long opened,
            long merged,
            long rejected,
            long parked,
            long discarded,
            long duplicates,
            long waiting,
            long uncounted,
            boolean balanced,
            long difference) {}

    /**
     * What one source reported in one hour.
     *
     * @param hour of receipt, its beginning
     * @param waiting published but not settled; below 0 only while {@code counting}
     */
    public record Line(
            String source, Instant hour, @JsonUnwrapped Counts counts, long waiting) {}

    /** How many reports of a source were refused at the gate for one reason. */
    public record Refusals(String source, String reason, long reports) {}

    /**
     * How far each party has come on one partition; an offset is how many records there were before it.
     *
     * @param endOffset where the topic ends
     * @param settledOffset up to where it was worked off: report-received by dispatch-service, report-rejected by event-intake
     * @param countedOffset up to where event-intake has counted
     */
    public record PartitionAccount(
            String topic, int partition, long endOffset, long settledOffset, long countedOffset) {

        long waiting() {
            return endOffset - settledOffset;
        }

        long uncounted() {
            return endOffset - countedOffset;
        }
    }
}
