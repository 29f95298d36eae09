package org.citybrain.dispatch.correlate;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.Department;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;
import org.citybrain.messages.Tier;
import org.jspecify.annotations.Nullable;

/**
 * A dispatch task as stored.
 *
 * @param department whose task it is, serving the unit; absent for the unit's own
 * @param board of a street's own task: which of its four boards the incident's type belongs to
 */
public record TaskState(
        UUID id,
        int version,
        Tier tier,
        String unitCode,
        TaskRole role,
        TaskStatus status,
        Instant dispatchedAt,
        @Nullable Instant acknowledgeBy,
        @Nullable Instant resolveBy,
        boolean digest,
        @Nullable Department department,
        @Nullable String board) {

    /** A unit's own task, without a board. */
    public TaskState(
            UUID id,
            int version,
            Tier tier,
            String unitCode,
            TaskRole role,
            TaskStatus status,
            Instant dispatchedAt,
            @Nullable Instant acknowledgeBy,
            @Nullable Instant resolveBy,
            boolean digest) {
        this(id, version, tier, unitCode, role, status, dispatchedAt, acknowledgeBy, resolveBy, digest, null, null);
    }

    /** The same task after a change. */
    public TaskState changed(
            TaskRole changedRole,
            TaskStatus changedStatus,
            @Nullable Instant changedAcknowledgeBy,
            @Nullable Instant changedResolveBy,
            boolean changedDigest) {
        return new TaskState(
                id,
                version + 1,
                tier,
                unitCode,
                changedRole,
                changedStatus,
                dispatchedAt,
                changedAcknowledgeBy,
                changedResolveBy,
                changedDigest,
                department,
                board);
    }

    /** The same task dispatched once more: its time counts from now on. */
    public TaskState dispatchedAgain(
            TaskRole changedRole,
            Instant now,
            @Nullable Instant changedAcknowledgeBy,
            @Nullable Instant changedResolveBy,
            boolean changedDigest) {
        return new TaskState(
                id,
                version + 1,
                tier,
                unitCode,
                changedRole,
                TaskStatus.DISPATCHED,
                now,
                changedAcknowledgeBy,
                changedResolveBy,
                changedDigest,
                department,
                board);
    }

    /** Something is to be done, not only known. */
    public boolean isWork() {
        return role != TaskRole.NOTIFY;
    }

    public boolean isOpen() {
        return status != TaskStatus.COMPLETED && status != TaskStatus.RETURNED;
    }
}
