package org.citybrain.api.overview;

import org.jspecify.annotations.Nullable;

/**
 * What happened in a span of time. Rates are between 0 and 1, and null where there is nothing to divide by.
 *
 * @param opened incidents opened in the span, whatever became of them
 * @param closed closings in the span: one that was reopened and closed again counts twice
 * @param falseAlarms incidents marked false in the span
 * @param reopened reopenings in the span
 * @param closingRate of the incidents opened in the span, but for those that were false or became part of another: the share that is
 *     closed now
 * @param onTimeRate of all deadlines, to acknowledge and to resolve: the share that was kept
 * @param reworkRate reopenings / closings; may be above 1 where old closings are undone
 * @param acknowledging the deadlines to acknowledge
 * @param resolving the deadlines to resolve
 * @param medianSecondsToAcknowledge from a task's dispatch to its acknowledgement, of those acknowledged in the span that had a deadline
 * @param medianSecondsToResolve from an incident's opening to its resolution, of those resolved in the span
 */
public record Figures(
        long opened,
        long closed,
        long falseAlarms,
        long reopened,
        @Nullable Double closingRate,
        @Nullable Double onTimeRate,
        @Nullable Double reworkRate,
        Deadlines acknowledging,
        Deadlines resolving,
        Breaches breaches,
        @Nullable Double medianSecondsToAcknowledge,
        @Nullable Double medianSecondsToResolve) {

    static Figures of(Opened opened, Lines lines) {
        Deadlines acknowledging = new Deadlines(lines.acknowledgedInTime(), lines.unacknowledged());
        Deadlines resolving = new Deadlines(lines.resolvedInTime(), lines.unresolved());
        return new Figures(
                opened.opened(),
                lines.closed(),
                lines.falseAlarms(),
                lines.reopened(),
                share(opened.closedNow(), opened.real()),
                share(acknowledging.kept() + resolving.kept(), acknowledging.all() + resolving.all()),
                share(lines.reopened(), lines.closed()),
                acknowledging,
                resolving,
                new Breaches(lines.deadlinesMissed(), lines.escalated(), lines.supervised()),
                lines.medianSecondsToAcknowledge(),
                lines.medianSecondsToResolve());
    }

    private static @Nullable Double share(long part, long all) {
        return all == 0 ? null : (double) part / all;
    }

    /**
     * What became of deadlines of tasks. Notices have none.
     *
     * @param kept answered in the span, and not after the deadline
     * @param missed found missed in the span: the lines {@code DEADLINE_MISSED}, task by task
     */
    public record Deadlines(long kept, long missed) {

        long all() {
            return kept + missed;
        }
    }

    /**
     * What the timeline tells of the span.
     *
     * @param deadlinesMissed lines {@code DEADLINE_MISSED}
     * @param escalated lines {@code ESCALATED}: a unit above was asked as well
     * @param supervised lines {@code SUPERVISED}: chased, for there is nobody above
     */
    public record Breaches(long deadlinesMissed, long escalated, long supervised) {}

    /** Of the incidents opened in the span: how many there are, how many were neither false nor merged, how many of those are closed. */
    record Opened(long opened, long real, long closedNow) {

        static final Opened NONE = new Opened(0, 0, 0);
    }

    /** What the lines of the span add up to. */
    record Lines(
            long closed,
            long falseAlarms,
            long reopened,
            long deadlinesMissed,
            long escalated,
            long supervised,
            long acknowledgedInTime,
            long unacknowledged,
            long resolvedInTime,
            long unresolved,
            @Nullable Double medianSecondsToAcknowledge,
            @Nullable Double medianSecondsToResolve) {

        static final Lines NONE = new Lines(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);
    }
}
