package org.citybrain.dispatch.policy.check;

/** What is wrong with a value of a policy's document: the one name under which it is answered. */
public enum MistakeReason {
    /** Something that must be there is not. */
    MISSING,
    /** A field that the schema does not have. */
    UNKNOWN_FIELD,
    /** Text for a number, a list for an object. */
    WRONG_TYPE,
    /** None of the values that there are: an axis, a tier, a board, a role. */
    UNKNOWN_VALUE,
    /** Not written as it must be, such as a code with capitals. */
    WRONG_FORM,
    /** A number beyond its bounds: a negative threshold, a share of 1, a distance of 100 km. */
    OUT_OF_RANGE,
    /** Too long, too deep or too many. */
    TOO_LARGE,
    /** Text that cannot be stored: with a NUL, or with half of a character. */
    NOT_STORABLE,
    /** The lower bounds of two levels that do not fall from I to III. */
    OVERLAPPING_BANDS,
    /** Two rows that speak of the same. */
    DUPLICATE,
    /** A type, or a prefix, that the item catalogue does not have. */
    UNKNOWN_TYPE,
    /** A type of another category than its row or its group. */
    WRONG_CATEGORY,
    /** A type in two groups that go together: one group would lead into the other. */
    LOOP,
    /** A category that no row would grade. */
    UNGRADED,
    /** Tasks that are not in the order of the chain, or a command that is not where it belongs. */
    WRONG_ORDER,
    /** A type that is still used. */
    IN_USE,
    /** It contradicts another policy that is in force. */
    CONTRADICTION
}
