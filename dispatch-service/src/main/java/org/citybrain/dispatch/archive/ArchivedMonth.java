package org.citybrain.dispatch.archive;

/** What has become of a month that was to be archived. */
enum ArchivedMonth {
    ARCHIVED,
    /** It has no partitions. */
    ABSENT,
    /** An older month is still there: months leave in their order. */
    OLDER_FIRST,
    /** An incident that was opened in it or before is open. */
    OPEN,
    /** A line of its timeline has not been published yet. */
    NOT_PUBLISHED,
    /** Somebody used its tables for too long: the next run tries again. */
    IN_USE
}
