package org.citybrain.api.command;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;
import org.springframework.stereotype.Component;

/** Every command of every table. */
@Component
class KnownCommands {

    private final Map<CommandName, DescribedCommand> commands = new EnumMap<>(CommandName.class);

    KnownCommands(List<CommandTable> tables) {
        tables.forEach(table -> table.commands().forEach(command -> commands.put(command.command(), command)));
    }

    /** The command of a path {@code /v1/{subjects}/{id}/{command}}. */
    Optional<DescribedCommand> find(String subjects, String command) {
        return Arrays.stream(SubjectKind.values())
                .filter(kind -> kind.path().equals(subjects))
                .findFirst()
                .flatMap(kind -> CommandName.find(kind, command))
                .map(commands::get);
    }

    boolean isKnown(CommandName command) {
        return commands.containsKey(command);
    }

    Collection<DescribedCommand> all() {
        return List.copyOf(commands.values());
    }
}
