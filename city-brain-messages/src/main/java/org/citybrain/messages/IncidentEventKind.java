package org.citybrain.messages;

/** What a line of an incident's timeline tells. */
public enum IncidentEventKind {
    OPENED,
    /** A further report became part of it. */
    MERGED,
    GRADED,
    DISPATCHED,
    /** A person confirmed that it is so. */
    CONFIRMED,
    /** A person gave it another level or scope than the rule. */
    REGRADED,
    /** A person found that there is nothing: it is closed. */
    MARKED_FALSE,
    /** It became part of another incident and is closed. */
    MERGED_INTO,
    /** Another incident became part of it. */
    TOOK_IN,
    /** Some of its reports became an incident of their own. */
    SPLIT,
    /** Tasks were taken back, or given back. */
    RETURNED,
    /** The next unit above has it as well: nobody is on duty below, a deadline was missed, or a person wants it so. */
    ESCALATED,
    /** Chased (督办): by a unit above, or because there is nobody above to escalate to. */
    SUPERVISED,
    /** Somebody asks that a grid be given what is off the list. */
    DELEGATION_REQUESTED,
    DELEGATION_APPROVED,
    DELEGATION_REFUSED,
    /** A unit or department has taken note of its task. */
    ACKNOWLEDGED,
    /** Work on a task has begun. */
    STARTED,
    /** Whoever works on a task is on the spot. */
    ARRIVED,
    /** What was found and done, with evidence. */
    REPORTED_BACK,
    /** A task is done, its handler says. */
    COMPLETED,
    /** It does not spread any more. */
    CONTAINED,
    /** It is over, the unit in command says. */
    RESOLVED,
    /** Somebody who has not worked on it has seen that it is over. */
    VERIFIED,
    CLOSED,
    /** It was not over: it goes on. */
    REOPENED,
    /** A person has noted something. */
    NOTED,
    /** How it stands (续报). */
    SITUATION_REPORTED,
    /** The unit in command has told the one above it (报送). */
    REPORTED_UPWARD,
    SUPPORT_REQUESTED,
    SUPPORT_GRANTED,
    /** The unit in command has called in units and departments below it. */
    MOBILISED,
    /** A grid or a street has summoned departments (吹哨). */
    WHISTLED,
    /** A summoned department has come (报到). */
    CHECKED_IN,
    /** A summoned department has said what it did. */
    SERVED,
    /** Whoever whistled has rated a department. */
    RATED,
    /** A summoned department has not come in time. */
    ABSENT,
    /** The incident ended before a summoned department was due. */
    RELEASED,
    /** What those concerned say of it after closing. */
    FEEDBACK,
    /** Four fifths of a task's time have passed. */
    DEADLINE_NEAR,
    DEADLINE_MISSED,
    /** Somebody was told. */
    NOTIFIED,
    /** Nobody could be told. */
    UNREACHABLE
}
