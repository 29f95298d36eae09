package org.citybrain.access.command;

import java.util.List;
import java.util.Optional;
import org.citybrain.messages.TaskRole;
import org.citybrain.messages.TaskStatus;

/**
 * The life of a task as a table, as {@link IncidentMoves} is that of an incident. Whoever has the command completes it by resolving the incident,
 * so that no incident is left without somebody who has to act. A notice has a life of its own: it is read, and that is all.
 */
public final class TaskMoves {

    private static final MoveTable<TaskStatus> WORK = MoveTable.read(TaskStatus.class, """
            on           DISPATCHED     ACKNOWLEDGED   IN_PROGRESS    REPORTED_BACK  COMPLETED      RETURNED
            acknowledge  ACKNOWLEDGED   -              -              -              -              -
            start        -              IN_PROGRESS    -              IN_PROGRESS    -              -
            arrive       -              IN_PROGRESS    =              -              -              -
            report-back  -              REPORTED_BACK  REPORTED_BACK  =              -              -
            complete     -              COMPLETED      COMPLETED      COMPLETED      -              -
            return       RETURNED       RETURNED       RETURNED       -              -              -
            """);

    private static final MoveTable<TaskStatus> COMMAND = MoveTable.read(TaskStatus.class, """
            on           DISPATCHED     ACKNOWLEDGED   IN_PROGRESS    REPORTED_BACK  COMPLETED      RETURNED
            acknowledge  ACKNOWLEDGED   -              -              -              -              -
            start        -              IN_PROGRESS    -              IN_PROGRESS    -              -
            arrive       -              IN_PROGRESS    =              -              -              -
            report-back  -              REPORTED_BACK  REPORTED_BACK  =              -              -
            complete     -              -              -              -              -              -
            return       RETURNED       RETURNED       RETURNED       -              -              -
            """);

    private static final MoveTable<TaskStatus> NOTICE = MoveTable.read(TaskStatus.class, """
            on           DISPATCHED     ACKNOWLEDGED   IN_PROGRESS    REPORTED_BACK  COMPLETED      RETURNED
            acknowledge  COMPLETED      COMPLETED      -              -              -              -
            """);

    private TaskMoves() {}

    /** The status after the command; empty where it is not allowed. */
    public static Optional<TaskStatus> next(TaskRole role, TaskStatus status, CommandName command) {
        return table(role).next(status, command);
    }

    /** The commands that are allowed on a task of this role in this status. */
    public static List<CommandName> allowed(TaskRole role, TaskStatus status) {
        return table(role).allowed(status);
    }

    private static MoveTable<TaskStatus> table(TaskRole role) {
        return switch (role) {
            case COMMAND -> COMMAND;
            case NOTIFY -> NOTICE;
            case COORDINATE, EXECUTE -> WORK;
        };
    }
}
