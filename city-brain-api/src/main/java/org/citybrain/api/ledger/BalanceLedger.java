package org.citybrain.api.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.citybrain.api.ledger.Account.SourceHour;
import org.citybrain.api.ledger.Ledger.Line;
import org.citybrain.api.ledger.Ledger.PartitionAccount;
import org.citybrain.api.ledger.Ledger.Totals;
import org.citybrain.api.live.TopicEnds;
import org.citybrain.messages.Topics;

/**
 * Holds the two ends of the ledger against each other. The ends of the topics must have been read after the account: a topic
 * only grows, so what the account had settled or counted by then can never lie beyond them.
 */
final class BalanceLedger {

    private BalanceLedger() {}

    /**
     * Everything there ever was. The left end is Kafka's own: records on the topics. What waits is counted twice, by offsets
     * (written or not yet worked off) and by lines (counted but not settled); both must agree, save for what is not counted yet.
     */
    static Ledger allTime(Account account, TopicEnds ends, Span span) {
        Offsets offsets = Offsets.of(account, ends);
        long received = offsets.end(Topics.REPORT_RECEIVED);
        long refused = offsets.end(Topics.REPORT_REJECTED);
        long difference = received + refused - account.counts().settled() - offsets.waiting();
        boolean countsAgree = account.counts().published() + offsets.uncounted() == received + refused;
        boolean balanced = difference == 0 && countsAgree && offsets.areInOrder() && linesArePossible(account, offsets);
        Totals totals = totals(account.counts(), received, refused, offsets.waiting(), offsets, balanced, difference);
        return new Ledger(
                null,
                null,
                offsets.uncounted() > 0,
                totals,
                span.from(),
                span.to(),
                lines(account),
                account.refusals(),
                offsets.partitions());
    }

    /**
     * Some hours. Offsets know no hours, so what waits is what was published but not settled; it cannot be more than waits by
     * offsets, nor less than nothing, save for what is not counted yet. What goes beyond is the difference.
     */
    static Ledger of(Account account, TopicEnds ends, Span span) {
        Offsets offsets = Offsets.of(account, ends);
        Counts counts = account.counts();
        long open = counts.published() - counts.settled();
        long waiting = Math.clamp(open, -Math.max(0, offsets.uncounted()), Math.max(0, offsets.waiting()));
        long difference = open - waiting;
        boolean balanced = difference == 0 && offsets.areInOrder() && linesArePossible(account, offsets);
        Totals totals = totals(counts, counts.received(), counts.refused(), waiting, offsets, balanced, difference);
        return new Ledger(
                span.from(),
                span.to(),
                offsets.uncounted() > 0,
                totals,
                span.from(),
                span.to(),
                lines(account),
                account.refusals(),
                offsets.partitions());
    }

    private static Totals totals(
            Counts counts,
            long received,
            long refused,
            long waiting,
            Offsets offsets,
            boolean balanced,
            long difference) {
        return new Totals(
                received,
                refused,
                counts.opened(),
                counts.merged(),
                counts.rejected(),
                counts.parked(),
                counts.discarded(),
                counts.duplicates(),
                waiting,
                offsets.uncounted(),
                balanced,
                difference);
    }

    private static boolean linesArePossible(Account account, Offsets offsets) {
        return account.lines().stream()
                .mapToLong(BalanceLedger::open)
                .allMatch(open -> -offsets.uncounted() <= open && open <= offsets.waiting());
    }

    private static List<Line> lines(Account account) {
        return account.lines().stream()
                .map(line -> new Line(line.source(), line.hour(), line.counts(), open(line)))
                .toList();
    }

    private static long open(SourceHour line) {
        return line.counts().published() - line.counts().settled();
    }

    private record Offsets(List<PartitionAccount> partitions) {

        static Offsets of(Account account, TopicEnds ends) {
            Map<Integer, Long> received = account.accounted().getOrDefault(Topics.REPORT_RECEIVED, Map.of());
            Map<Integer, Long> rejected = account.accounted().getOrDefault(Topics.REPORT_REJECTED, Map.of());
            List<PartitionAccount> partitions = new ArrayList<>();
            partitions.addAll(
                    topic(Topics.REPORT_RECEIVED, ends.of(Topics.REPORT_RECEIVED), account.consumed(), received));
            partitions.addAll(topic(Topics.REPORT_REJECTED, ends.of(Topics.REPORT_REJECTED), rejected, rejected));
            return new Offsets(partitions);
        }

        private static List<PartitionAccount> topic(
                String topic, Map<Integer, Long> ends, Map<Integer, Long> settled, Map<Integer, Long> counted) {
            var partitions = new TreeSet<>(ends.keySet());
            partitions.addAll(settled.keySet());
            partitions.addAll(counted.keySet());
            return partitions.stream()
                    .map(partition -> new PartitionAccount(
                            topic,
                            partition,
                            ends.getOrDefault(partition, 0L),
                            settled.getOrDefault(partition, 0L),
                            counted.getOrDefault(partition, 0L)))
                    .toList();
        }

        long end(String topic) {
            return partitions.stream()
                    .filter(partition -> partition.topic().equals(topic))
                    .mapToLong(PartitionAccount::endOffset)
                    .sum();
        }

        long waiting() {
            return partitions.stream().mapToLong(PartitionAccount::waiting).sum();
        }

        long uncounted() {
            return partitions.stream().mapToLong(PartitionAccount::uncounted).sum();
        }

        /** Nobody is beyond the end of a topic. */
        boolean areInOrder() {
            return partitions.stream().allMatch(p -> p.waiting() >= 0 && p.uncounted() >= 0);
        }
    }
}
