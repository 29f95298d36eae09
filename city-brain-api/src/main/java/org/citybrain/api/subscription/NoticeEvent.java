package org.citybrain.api.subscription;

/** What a person can be told of. Names of the timeline's kinds mean what they mean there. */
public enum NoticeEvent {
    /** A unit has got a task: told to those who have subscribed for that very unit, or for the department that is called. */
    DISPATCHED_TO_UNIT,
    OPENED,
    /** The level or scope went up, by the rule or by a person. */
    GRADED_UP,
    CONFIRMED,
    MARKED_FALSE,
    /** A deadline is near: four fifths of it are over. */
    DEADLINE_NEAR,
    DEADLINE_MISSED,
    ESCALATED,
    SUPERVISED,
    UNREACHABLE,
    WHISTLED,
    ABSENT,
    REPORTED_UPWARD,
    SUPPORT_REQUESTED,
    SUPPORT_GRANTED,
    MOBILISED,
    SITUATION_REPORTED,
    DELEGATION_REQUESTED,
    /** To be verified by somebody else. */
    RESOLVED,
    VERIFIED,
    CLOSED,
    REOPENED
}
