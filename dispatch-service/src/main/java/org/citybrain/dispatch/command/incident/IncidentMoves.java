package org.citybrain.dispatch.command.incident;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.messages.IncidentStatus;

/**
 * The life of an incident as a table: in which status which command is allowed, and which status it leads to. Whatever moves an incident
 * by a person's word asks here; what the table does not name is refused.
 */
final class IncidentMoves {

    private static final String TABLE = """
            in            confirm       regrade       mark-false   merge   split
            DISPATCHED    DISPATCHED    DISPATCHED    FALSE_ALARM  MERGED  DISPATCHED
            ACKNOWLEDGED  ACKNOWLEDGED  ACKNOWLEDGED  FALSE_ALARM  MERGED  ACKNOWLEDGED
            IN_PROGRESS   IN_PROGRESS   IN_PROGRESS   FALSE_ALARM  MERGED  IN_PROGRESS
            CONTAINED     CONTAINED     CONTAINED     FALSE_ALARM  MERGED  CONTAINED
            RESOLVED      RESOLVED      RESOLVED      FALSE_ALARM  MERGED  RESOLVED
            VERIFIED      VERIFIED      -             -            -       -
            CLOSED        -             -             -            -       -
            FALSE_ALARM   -             -             -            -       -
            MERGED        -             -             -            -       -
            """;

    private static final String NEVER = "-";

    private static final Map<IncidentStatus, Map<IncidentCommand, IncidentStatus>> NEXT = read();

    private IncidentMoves() {}

    /** The status after the command; empty where it is not allowed. */
    static Optional<IncidentStatus> next(IncidentStatus status, IncidentCommand command) {
        return Optional.ofNullable(of(status).get(command));
    }

    /** The commands that are allowed in this status, in the order of the table. */
    static List<IncidentCommand> allowed(IncidentStatus status) {
        return List.copyOf(of(status).keySet());
    }

    private static Map<IncidentCommand, IncidentStatus> of(IncidentStatus status) {
        return NEXT.getOrDefault(status, Map.of());
    }

    private static Map<IncidentStatus, Map<IncidentCommand, IncidentStatus>> read() {
        List<List<String>> lines = TABLE.lines()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<String> names = lines.getFirst();
        Map<IncidentStatus, Map<IncidentCommand, IncidentStatus>> next = new EnumMap<>(IncidentStatus.class);
        for (List<String> cells : lines.subList(1, lines.size())) {
            Map<IncidentCommand, IncidentStatus> row = new EnumMap<>(IncidentCommand.class);
            for (int i = 1; i < cells.size(); i++) {
                if (!cells.get(i).equals(NEVER)) {
                    row.put(command(names.get(i)), IncidentStatus.valueOf(cells.get(i)));
                }
            }
            next.put(IncidentStatus.valueOf(cells.getFirst()), row);
        }
        return next;
    }

    private static IncidentCommand command(String path) {
        return Arrays.stream(IncidentCommand.values())
                .filter(command -> command.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no command " + path));
    }
}
