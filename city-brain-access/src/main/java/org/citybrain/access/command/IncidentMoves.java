package org.citybrain.access.command;

import java.util.List;
import java.util.Optional;
import org.citybrain.messages.IncidentStatus;

/**
 * The life of an incident as a table: in which status which command is allowed, and which status it leads to. Whatever moves an incident
 * by a person's word asks here; what the table does not name is refused. The commands at its end are on a task, and take the incident along.
 */
public final class IncidentMoves {

    private static final MoveTable<IncidentStatus> TABLE = MoveTable.read(IncidentStatus.class, """
            on                 DISPATCHED    ACKNOWLEDGED  IN_PROGRESS   CONTAINED     RESOLVED      VERIFIED      CLOSED        FALSE_ALARM   MERGED
            confirm            =             =             =             =             =             =             -             -             -
            regrade            =             =             =             =             =             -             -             -             -
            mark-false         FALSE_ALARM   FALSE_ALARM   FALSE_ALARM   FALSE_ALARM   -             -             -             -             -
            merge              MERGED        MERGED        MERGED        MERGED        MERGED        -             -             -             -
            split              =             =             =             =             =             -             -             -             -
            escalate           =             =             =             =             -             -             -             -             -
            request-support    =             =             =             =             -             -             -             -             -
            grant-support      =             =             =             =             -             -             -             -             -
            mobilise           =             =             =             =             -             -             -             -             -
            contain            -             CONTAINED     CONTAINED     -             -             -             -             -             -
            resolve            -             RESOLVED      RESOLVED      RESOLVED      -             -             -             -             -
            verify             -             -             -             -             VERIFIED      -             -             -             -
            close              -             -             -             -             -             CLOSED        -             -             -
            reopen             -             -             -             -             IN_PROGRESS   IN_PROGRESS   IN_PROGRESS   -             -
            supervise          =             =             =             =             =             =             -             -             -
            notes              =             =             =             =             =             =             =             -             -
            situation-reports  =             =             =             =             =             -             -             -             -
            report-upward      =             =             =             =             =             =             -             -             -
            whistle            =             =             =             =             -             -             -             -             -
            feedback           -             -             -             -             =             =             =             -             -
            acknowledge        ACKNOWLEDGED  =             =             =             =             =             -             -             -
            start              IN_PROGRESS   IN_PROGRESS   =             =             =             =             -             -             -
            arrive             IN_PROGRESS   IN_PROGRESS   =             =             =             =             -             -             -
            report-back        IN_PROGRESS   IN_PROGRESS   =             =             =             =             -             -             -
            complete           =             =             =             =             =             =             -             -             -
            return             =             =             =             =             -             -             -             -             -
            """);

    private IncidentMoves() {}

    /** The status after the command; empty where it is not allowed. */
    public static Optional<IncidentStatus> next(IncidentStatus status, CommandName command) {
        return TABLE.next(status, command);
    }

    /** The commands on the incident itself that are allowed in this status. */
    public static List<CommandName> allowed(IncidentStatus status) {
        return TABLE.allowed(status).stream()
                .filter(command -> command.subject() == SubjectKind.INCIDENT)
                .toList();
    }
}
