package org.citybrain.access.command;

import java.util.List;
import java.util.Optional;
import org.citybrain.messages.CheckInStatus;

/**
 * The life of a check-in as a table, as {@link IncidentMoves} is that of an incident. Two moves are no person's: who is SUMMONED and does not
 * come becomes ABSENT, and RELEASED where the incident ends before it was due.
 */
public final class CheckInMoves {

    private static final MoveTable<CheckInStatus> TABLE = MoveTable.read(CheckInStatus.class, """
            on        SUMMONED    CHECKED_IN  SERVED  RATED  ABSENT  RELEASED
            check-in  CHECKED_IN  -           -       -      -       -
            serve     -           SERVED      -       -      -       -
            rate      -           RATED       RATED   -      -       -
            """);

    private CheckInMoves() {}

    /** The status after the command; empty where it is not allowed. */
    public static Optional<CheckInStatus> next(CheckInStatus status, CommandName command) {
        return TABLE.next(status, command);
    }

    /** The commands that are allowed in this status. */
    public static List<CommandName> allowed(CheckInStatus status) {
        return TABLE.allowed(status);
    }
}
