package org.citybrain.messages;

/**
 * The topics. CloudEvents 1.0 in binary mode, JSON values, lz4. Adding a field keeps {@code v1}; changing a meaning makes
 * {@code v2}.
 */
public final class Topics {

    /**
     * A {@link ReportReceived}: a report that passed the gate. Key: the {@link CoarseCell} of its place, so that reports of
     * one place are worked off in order, mostly by one instance.
     */
    public static final String REPORT_RECEIVED = "citybrain.report-received.v1";

    /** A {@link ReportRejected}: a refusal at the gate. Key: the source's id. */
    public static final String REPORT_REJECTED = "citybrain.report-rejected.v1";

    /** An {@link IncidentChanged}: one line of an incident's timeline. Key: the incident's id, so its versions stay in order. */
    public static final String INCIDENT_CHANGED = "citybrain.incident-changed.v1";

    /** A {@link TaskChanged}: a dispatch task's state. Key: the handling unit's code. */
    public static final String TASK_CHANGED = "citybrain.task-changed.v1";

    /** A {@link GovernanceMapChanged}: which units changed, from when. Key: the map version. */
    public static final String GOVERNANCE_MAP_CHANGED = "citybrain.governance-map-changed.v1";

    /**
     * The head that the audit trail had at some moment, as {@code {"sequence", "hash"}}: not for integrators. Written and
     * read by city-brain-api alone, one partition, kept for ever. Key: {@code audit}.
     */
    public static final String AUDIT_ANCHOR = "citybrain.audit-anchor.v1";

    private Topics() {}
}
