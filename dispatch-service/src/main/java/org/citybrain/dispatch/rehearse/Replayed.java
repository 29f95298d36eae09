package org.citybrain.dispatch.rehearse;

import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.Level;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * An incident that was decided again.
 *
 * @param people that it concerned
 * @param before as it was decided
 * @param after as the candidate would have decided it
 * @param routingBefore what it was routed by
 * @param routingAfter what the candidate would have routed it by
 */
record Replayed(
        UUID id,
        String type,
        long people,
        Decided before,
        Decided after,
        RoutingPolicy routingBefore,
        RoutingPolicy routingAfter) {

    /** Whether another row of the routing table, or the same row with other content, would have called departments. */
    boolean mayCallOthers() {
        return isChanged()
                || !routingBefore.row(before.label()).equals(routingAfter.row(after.label()))
                || routingBefore.sliverShare() != routingAfter.sliverShare();
    }

    Replayed with(List<PlannedTask> calledBefore, List<PlannedTask> calledAfter) {
        return new Replayed(
                id, type, people, before.with(calledBefore), after.with(calledAfter), routingBefore, routingAfter);
    }

    boolean isChanged() {
        return isRegraded()
                || !before.commandingUnit().equals(after.commandingUnit())
                || !before.tasks().equals(after.tasks());
    }

    boolean isRegraded() {
        return before.level() != after.level() || before.scope() != after.scope();
    }

    /** By how many levels, or scopes, it jumps; from one to the other counts as all of them. */
    int levelsJumped() {
        if (before.level() != null && after.level() != null) {
            return Math.abs(before.level().compareTo(after.level()));
        }
        if (before.scope() != null && after.scope() != null) {
            return Math.abs(before.scope().compareTo(after.scope()));
        }
        return Level.values().length;
    }

    /** By how many tiers its command moves. */
    int tiersJumped() {
        return Math.abs(tierOf(before.commandingUnit()).compareTo(tierOf(after.commandingUnit())));
    }

    static Tier tierOf(String unitCode) {
        for (Tier tier : Tier.values()) {
            if (tier.digits() == unitCode.length()) {
                return tier;
            }
        }
        throw new IllegalArgumentException("'" + unitCode + "' is no unit's code: expected 2, 6, 9, 12 or 15 digits");
    }

    /** What came of trying: one of the two. */
    record Attempt(@Nullable Replayed replayed, @Nullable NotReplayable reason, String detail) {

        static Attempt of(Replayed replayed) {
            return new Attempt(replayed, null, "");
        }

        static Attempt failed(NotReplayable reason, String detail) {
            return new Attempt(null, reason, detail);
        }
    }
}
