package org.citybrain.grid.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.citybrain.grid.layer.FeatureTimes.Change;
import org.citybrain.grid.layer.FeatureTimes.Span;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureTimesTest {

    private static final Instant NOW = day(10);

    @Test
    void the_first_version_may_begin_at_any_time_and_has_no_end() {
        assertThat(times().put(day(1), NOW)).isEqualTo(new Change(List.of(), null, span(1, null)));
        assertThat(times().put(day(20), NOW)).isEqualTo(new Change(List.of(), null, span(20, null)));
    }

    @Test
    void a_change_ends_the_version_in_force_and_lasts_as_long_as_that_would_have() {
        assertThat(times(span(1, null)).put(NOW, NOW)).isEqualTo(new Change(List.of(), day(1), span(10, null)));
        assertThat(times(span(1, 15)).put(NOW, NOW)).isEqualTo(new Change(List.of(), day(1), span(10, 15)));
    }

    @Test
    void a_change_in_hindsight_cuts_the_version_in_force() {
        assertThat(times(span(1, 4), span(4, null)).put(day(5), NOW))
                .isEqualTo(new Change(List.of(), day(4), span(5, null)));
    }

    @Test
    void the_past_before_the_version_in_force_is_not_changed() {
        FeatureTimes times = times(span(1, 4), span(4, null));

        assertThatThrownBy(() -> times.put(day(3), NOW)).hasMessageContaining("BEFORE_VERSION_IN_FORCE");
        assertThatThrownBy(() -> times.put(day(4), NOW)).hasMessageContaining("later than " + day(4));
        assertThatThrownBy(() -> times.end(day(3), NOW)).hasMessageContaining("BEFORE_VERSION_IN_FORCE");
        assertThatThrownBy(() -> times.end(day(4), NOW)).hasMessageContaining("BEFORE_VERSION_IN_FORCE");
    }

    @Test
    void what_has_ended_begins_again_at_its_end_at_the_earliest() {
        FeatureTimes times = times(span(1, 4));

        assertThatThrownBy(() -> times.put(day(3), NOW)).hasMessageContaining(day(4) + " or later");
        assertThat(times.put(day(4), NOW)).isEqualTo(new Change(List.of(), null, span(4, null)));
        assertThat(times.put(day(7), NOW)).isEqualTo(new Change(List.of(), null, span(7, null)));
        assertThat(times.end(day(4), NOW)).isEmpty();
    }

    @Test
    void what_is_planned_is_planned_anew_or_stays_behind_a_change_before_it() {
        FeatureTimes times = times(span(1, 20), span(20, null));

        assertThat(times.put(day(20), NOW)).isEqualTo(new Change(List.of(day(20)), null, span(20, null)));
        assertThat(times.put(day(15), NOW)).isEqualTo(new Change(List.of(), day(1), span(15, 20)));
        assertThat(times.put(day(25), NOW)).isEqualTo(new Change(List.of(), day(20), span(25, null)));
    }

    @Test
    void a_first_version_before_a_planned_one_lasts_until_that() {
        assertThat(times(span(20, null)).put(NOW, NOW)).isEqualTo(new Change(List.of(), null, span(10, 20)));
    }

    @Test
    void the_end_of_a_feature_is_also_the_end_of_what_was_planned_for_it() {
        FeatureTimes times = times(span(1, 20), span(20, 30), span(40, null));

        assertThat(times.end(NOW, NOW)).contains(new Change(List.of(day(20), day(40)), day(1), null));
        assertThat(times.end(day(20), NOW)).contains(new Change(List.of(day(20), day(40)), null, null));
        assertThat(times.end(day(25), NOW)).contains(new Change(List.of(day(40)), day(20), null));
        assertThat(times.end(day(50), NOW)).contains(new Change(List.of(), day(40), null));
        assertThat(times().end(NOW, NOW)).isEmpty();
    }

    /** Whatever is done, in whatever order: the times never overlap, and nothing that was answered for the past is answered anew. */
    @Property(tries = 300)
    void any_changes_leave_times_in_order_and_the_past_as_it_was(@ForAll("steps") List<Step> steps) {
        Map<Instant, @Nullable Instant> stored = new TreeMap<>();
        int today = 1;
        for (Step step : steps) {
            today += step.daysLater();
            Instant now = day(today);
            Instant from = day(today + step.daysAhead());
            FeatureTimes before = of(stored);
            Change change;
            try {
                change = step.isEnd() ? before.end(from, now).orElse(null) : before.put(from, now);
            } catch (RequestProblem refused) {
                continue;
            }
            if (change == null) {
                assertThat(before.find(from)).isEmpty();
                continue;
            }
            apply(change, from, stored);
            FeatureTimes after = of(stored);

            assertThat(after.find(from).map(Span::from)).isEqualTo(step.isEnd() ? Optional.empty() : Optional.of(from));
            for (int i = 1; i < after.versions().size(); i++) {
                assertThat(after.versions().get(i - 1).to())
                        .isNotNull()
                        .isBeforeOrEqualTo(after.versions().get(i).from());
            }
            for (Span version : after.versions()) {
                assertThat(version.to() == null || version.to().isAfter(version.from()))
                        .isTrue();
            }
            for (int past = 0; day(past).isBefore(from); past++) {
                assertThat(after.find(day(past)).map(Span::from))
                        .isEqualTo(before.find(day(past)).map(Span::from));
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(-6, 8),
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    record Step(int daysLater, int daysAhead, boolean isEnd) {}

    private static void apply(Change change, Instant from, Map<Instant, @Nullable Instant> stored) {
        change.removed().forEach(stored::remove);
        if (change.closed() != null) {
            stored.put(change.closed(), from);
        }
        if (change.opened() != null) {
            stored.put(change.opened().from(), change.opened().to());
        }
    }

    private static FeatureTimes of(Map<Instant, @Nullable Instant> stored) {
        List<Span> spans = new ArrayList<>();
        stored.forEach((from, to) -> spans.add(new Span(from, to)));
        spans.sort(Comparator.comparing(Span::from));
        return new FeatureTimes(spans);
    }

    private static FeatureTimes times(Span... spans) {
        return new FeatureTimes(List.of(spans));
    }

    private static Span span(int from, @Nullable Integer to) {
        return new Span(day(from), to == null ? null : day(to));
    }

    private static Instant day(int day) {
        return Instant.parse("2026-07-01T00:00:00Z").plusSeconds(86_400L * day);
    }
}
