package org.citybrain.dispatch.deadline;

/** What the sweep did about a deadline: the metric's tag. */
enum DeadlineOutcome {
    /** Four fifths of the time were gone: warned. */
    NEAR,
    /** It was missed. */
    MISSED,
    /** The unit above has it as well. */
    ESCALATED,
    /** There is nobody above: an alarm, the first or a further one. */
    SUPERVISED,
    /** Nobody waits for it any more: what it was set for has come about otherwise. */
    SETTLED,
    /** The incident was closed by rule. */
    CLOSED,
    /** It could not be judged; the next sweep tries again. */
    FAILED
}
