package org.citybrain.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.citybrain.api.ledger.Account.SourceHour;
import org.citybrain.api.live.TopicEnds;
import org.citybrain.messages.Topics;

/** Whatever the two services have come to, the ledger balances; whatever goes missing or is counted twice, it does not. */
class BalanceLedgerTest {

    private static final Span SPAN = new Span(
            Instant.parse("2026-07-15T00:00:00Z"),
            Instant.parse("2026-07-16T00:00:00Z"),
            Instant.parse("2025-06-01T00:00:00Z"));

    @Property
    void what_is_worked_off_in_order_balances_at_any_moment(
            @ForAll("histories") List<Admitted> history,
            @ForAll @IntRange(max = 100) int percentConsumed,
            @ForAll @IntRange(max = 100) int percentCounted) {
        History moment = new History(history, percentConsumed, percentCounted);

        for (Ledger ledger : List.of(
                BalanceLedger.allTime(moment.account(), moment.ends(), SPAN),
                BalanceLedger.of(moment.account(), moment.ends(), SPAN))) {
            assertThat(ledger.totals().balanced()).as(ledger.toString()).isTrue();
            assertThat(ledger.totals().difference()).isZero();
        }
        Ledger.Totals totals =
                BalanceLedger.allTime(moment.account(), moment.ends(), SPAN).totals();
        assertThat(totals.received()).isEqualTo(history.size());
        assertThat(totals.waiting()).isEqualTo(history.size() - moment.consumed());
    }

    @Property
    void one_outcome_too_few_or_too_many_never_balances(
            @ForAll("histories") List<Admitted> history,
            @ForAll @IntRange(max = 100) int percentConsumed,
            @ForAll boolean missing) {
        History moment = new History(history, percentConsumed, 100);
        Account account = moment.account();
        Counts one = new Counts(0, 0, 0, missing ? -1 : 1, 0, 0, 0, 0);
        List<SourceHour> lines = new ArrayList<>(account.lines());
        SourceHour line = lines.removeFirst();
        lines.add(new SourceHour(line.source(), line.hour(), line.counts().plus(one)));
        Account wrong =
                new Account(account.counts().plus(one), lines, List.of(), account.consumed(), account.accounted());

        Ledger.Totals totals = BalanceLedger.allTime(wrong, moment.ends(), SPAN).totals();

        assertThat(totals.balanced()).isFalse();
        assertThat(totals.difference()).isEqualTo(missing ? 1 : -1);
    }

    @Provide
    Arbitrary<List<Admitted>> histories() {
        Arbitrary<Admitted> admitted = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("gw-1", "gw-2", "gw-3"),
                        Arbitraries.integers().between(0, 3))
                .as(Admitted::new);
        return admitted.list().ofMinSize(1).ofMaxSize(60);
    }

    /** A record of report-received. */
    record Admitted(int partition, String source, int hour) {}

    /** How far both services have come with the same records; each partition by the same share. */
    private static final class History {

        private final Map<Integer, Long> ends = new HashMap<>();
        private final Map<Integer, Long> consumed = new HashMap<>();
        private final Map<Integer, Long> counted = new HashMap<>();
        private final Map<String, SourceHour> lines = new HashMap<>();

        History(List<Admitted> history, int percentConsumed, int percentCounted) {
            history.forEach(record -> ends.merge(record.partition(), 1L, Long::sum));
            for (Admitted record : history) {
                long end = ends.get(record.partition());
                add(record, Counts.NONE);
                if (counted.getOrDefault(record.partition(), 0L) * 100 < end * percentCounted) {
                    counted.merge(record.partition(), 1L, Long::sum);
                    add(record, new Counts(1, 0, 0, 0, 0, 0, 0, 0));
                }
                if (consumed.getOrDefault(record.partition(), 0L) * 100 < end * percentConsumed) {
                    consumed.merge(record.partition(), 1L, Long::sum);
                    add(record, new Counts(0, 0, 0, 1, 0, 0, 0, 0));
                }
            }
        }

        private void add(Admitted record, Counts counts) {
            SourceHour line = new SourceHour(record.source(), SPAN.from().plusSeconds(3600L * record.hour()), counts);
            lines.merge(
                    record.source() + record.hour(),
                    line,
                    (a, b) -> new SourceHour(a.source(), a.hour(), a.counts().plus(b.counts())));
        }

        Account account() {
            Counts counts = lines.values().stream().map(SourceHour::counts).reduce(Counts.NONE, Counts::plus);
            return new Account(
                    counts, List.copyOf(lines.values()), List.of(), consumed, Map.of(Topics.REPORT_RECEIVED, counted));
        }

        TopicEnds ends() {
            return new TopicEnds(Map.of(Topics.REPORT_RECEIVED, ends));
        }

        long consumed() {
            return consumed.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
