package org.citybrain.access.command;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table of moves that people can read: a line for each command, a column for each status; {@code =} stays, {@code -} is refused. */
final class MoveTable<S extends Enum<S>> {

    private static final String STAYS = "=";
    private static final String NEVER = "-";

    private final Class<S> statuses;
    private final Map<S, Map<CommandName, S>> next;

    private MoveTable(Class<S> statuses, Map<S, Map<CommandName, S>> next) {
        this.statuses = statuses;
        this.next = next;
    }

    /** @throws IllegalStateException if a line names no command, or has not a cell for each status */
    static <S extends Enum<S>> MoveTable<S> read(Class<S> statuses, String table) {
        List<List<String>> lines = table.lines()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<S> columns = lines.getFirst().stream()
                .skip(1)
                .map(name -> Enum.valueOf(statuses, name))
                .toList();
        MoveTable<S> moves = new MoveTable<>(statuses, new EnumMap<>(statuses));
        columns.forEach(status -> moves.next.put(status, new EnumMap<>(CommandName.class)));
        lines.stream().skip(1).forEach(cells -> moves.add(columns, cells));
        return moves;
    }

    private void add(List<S> columns, List<String> cells) {
        CommandName command = command(cells.getFirst());
        if (cells.size() != columns.size() + 1) {
            throw new IllegalStateException("the line of " + command + " has not a cell for each status");
        }
        for (int i = 0; i < columns.size(); i++) {
            S status = columns.get(i);
            String cell = cells.get(i + 1);
            if (!cell.equals(NEVER)) {
                of(status).put(command, cell.equals(STAYS) ? status : Enum.valueOf(statuses, cell));
            }
        }
    }

    Optional<S> next(S status, CommandName command) {
        return Optional.ofNullable(of(status).get(command));
    }

    List<CommandName> allowed(S status) {
        return List.copyOf(of(status).keySet());
    }

    private Map<CommandName, S> of(S status) {
        return next.getOrDefault(status, Map.of());
    }

    private static CommandName command(String path) {
        return Arrays.stream(CommandName.values())
                .filter(command -> command.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no command " + path));
    }
}
