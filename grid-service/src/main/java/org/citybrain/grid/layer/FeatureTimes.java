package org.citybrain.grid.layer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.jspecify.annotations.Nullable;

/**
 * When the versions of one feature hold: in order, never two at once, now and then none.
 *
 * <p>What was in force before the present version stays as it was answered; the present version may be cut anywhere after its
 * beginning, also in hindsight; what is only planned may be changed freely.
 */
record FeatureTimes(List<Span> versions) {

    FeatureTimes {
        versions = List.copyOf(versions);
    }

    /** The version that holds at a moment. */
    Optional<Span> find(Instant at) {
        return versions.stream().filter(version -> version.holdsAt(at)).findFirst();
    }

    /**
     * A version that holds from a moment on: it ends the one in force then, and lasts as long as that would have lasted, or until
     * the next that is planned.
     *
     * @throws RequestProblem {@code BEFORE_VERSION_IN_FORCE} if that would change what is past
     */
    Change put(Instant from, Instant now) {
        refuseChangeOfPast(from, now);
        Span inForce = find(from).orElse(null);
        if (inForce == null) {
            return new Change(List.of(), null, new Span(from, nextAfter(from)));
        }
        return inForce.from().equals(from)
                ? new Change(List.of(from), null, inForce)
                : new Change(List.of(), inForce.from(), new Span(from, inForce.to()));
    }

    /**
     * The end of the feature at a moment, with all that was planned for it after that.
     *
     * @return empty where nothing holds at that moment or later
     * @throws RequestProblem {@code BEFORE_VERSION_IN_FORCE} if that would change what is past
     */
    Optional<Change> end(Instant from, Instant now) {
        List<Instant> later = versions.stream()
                .map(Span::from)
                .filter(start -> !start.isBefore(from))
                .toList();
        Instant closed =
                find(from).map(Span::from).filter(start -> start.isBefore(from)).orElse(null);
        if (later.isEmpty() && closed == null) {
            return Optional.empty();
        }
        refuseChangeOfPast(from, now);
        return Optional.of(new Change(later, closed, null));
    }

    private void refuseChangeOfPast(Instant from, Instant now) {
        Span last = versions.stream()
                .filter(version -> !version.from().isAfter(now))
                .reduce((earlier, later) -> later)
                .orElse(null);
        if (last == null) {
            return;
        }
        boolean isOver = last.to() != null && !last.to().isAfter(now);
        if (isOver ? from.isBefore(last.to()) : !from.isAfter(last.from())) {
            throw new RequestProblem(
                    ProblemReason.BEFORE_VERSION_IN_FORCE,
                    "effectiveFrom",
                    from.toString(),
                    isOver
                            ? last.to() + " or later, since when there is none"
                            : "later than " + last.from() + ", since when the present version holds");
        }
    }

    private @Nullable Instant nextAfter(Instant moment) {
        return versions.stream()
                .map(Span::from)
                .filter(start -> start.isAfter(moment))
                .findFirst()
                .orElse(null);
    }

    /** @param to when it does not hold any more; null while that is not known */
    record Span(Instant from, @Nullable Instant to) {
        boolean holdsAt(Instant moment) {
            return !from.isAfter(moment) && (to == null || to.isAfter(moment));
        }
    }

    /**
     * What becomes of the versions.
     *
     * @param removed the beginnings of planned versions that will not come
     * @param closed the beginning of the version that ends at the moment of the change, if one does
     * @param opened when the new version holds, if there is one
     */
    record Change(
            List<Instant> removed,
            @Nullable Instant closed,
            @Nullable Span opened) {

        Change {
            removed = List.copyOf(removed);
        }
    }
}
