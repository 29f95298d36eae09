package org.citybrain.dispatch.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What was in force when, is and will be, as far as it is approved and could be read.
 *
 * @param byKind of each kind the terms in their order
 * @param unread of each kind why the version that should be in force, or the next one, is not used
 */
record PolicyTerms(Map<PolicyKind, List<PolicyTerm>> byKind, Map<PolicyKind, String> unread) {

    /** What begins later is not looked for yet: no instance's clock is that far ahead. */
    private static final Duration AHEAD = Duration.ofHours(1);

    PolicyTerms {
        byKind = Map.copyOf(byKind);
        unread = Map.copyOf(unread);
    }

    /** The policies in force at a moment. */
    Policies at(Instant moment) {
        return new Policies(
                inForce(PolicyKind.GRADING, moment).as(GradingPolicy.class),
                inForce(PolicyKind.ROUTING, moment).as(RoutingPolicy.class),
                inForce(PolicyKind.CORRELATION, moment).as(CorrelationPolicy.class),
                inForce(PolicyKind.ITEM_CATALOGUE, moment).as(ItemCatalogue.class));
    }

    /** @throws NoSuchElementException if none is: the terms of a kind begin later */
    PolicyTerm inForce(PolicyKind kind, Instant moment) {
        PolicyTerm found = findInForce(kind, moment);
        if (found == null) {
            throw new NoSuchElementException(
                    "no " + kind.key() + " policy of dispatch.policy was in force at " + moment);
        }
        return found;
    }

    @Nullable
    PolicyTerm findInForce(PolicyKind kind, Instant moment) {
        PolicyTerm found = null;
        for (PolicyTerm term : of(kind)) {
            if (!term.from().isAfter(moment)) {
                found = term;
            }
        }
        return found;
    }

    @Nullable
    PolicyTerm find(PolicyKind kind, int version) {
        return of(kind).stream()
                .filter(term -> term.version() == version)
                .findFirst()
                .orElse(null);
    }

    /**
     * Every pair of policies that an incident may have been opened with which still takes in reports, and those that are in force
     * next: another instance, whose clock is a little ahead, may open incidents with them already.
     */
    List<CorrelatedBy> correlating(Instant now) {
        List<CorrelatedBy> pairs = new ArrayList<>();
        for (PolicyTerm correlation : of(PolicyKind.CORRELATION)) {
            Instant correlationEnds = end(correlation);
            var policy = correlation.as(CorrelationPolicy.class);
            Duration takesIn = Duration.ofDays(policy.document().mergeableForDays());
            for (PolicyTerm catalogue : of(PolicyKind.ITEM_CATALOGUE)) {
                Instant begin = later(correlation.from(), catalogue.from());
                Instant end = earlier(correlationEnds, end(catalogue));
                if (begin.isBefore(end)
                        && !begin.isAfter(now.plus(AHEAD))
                        && (end.equals(Instant.MAX) || end.plus(takesIn).isAfter(now))) {
                    pairs.add(new CorrelatedBy(policy, catalogue.as(ItemCatalogue.class)));
                }
            }
        }
        return pairs;
    }

    private List<PolicyTerm> of(PolicyKind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** When the next one takes its place; {@link Instant#MAX} where none does. */
    private Instant end(PolicyTerm term) {
        List<PolicyTerm> terms = of(term.kind());
        int next = terms.indexOf(term) + 1;
        return next < terms.size() ? terms.get(next).from() : Instant.MAX;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
