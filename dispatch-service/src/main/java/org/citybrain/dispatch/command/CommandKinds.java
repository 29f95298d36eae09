package org.citybrain.dispatch.command;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;
import org.springframework.stereotype.Component;

/** Everything that can be commanded here, and on what. */
@Component
class CommandKinds {

    private final Map<CommandName, CarryOut<?>> kinds = new EnumMap<>(CommandName.class);
    private final Map<SubjectKind, FindSubject> subjects = new EnumMap<>(SubjectKind.class);

    CommandKinds(List<CarryOut<?>> kinds, List<FindSubject> subjects) {
        kinds.forEach(kind -> this.kinds.put(kind.command(), kind));
        subjects.forEach(subject -> this.subjects.put(subject.kind(), subject));
    }

    /** What carries out the command of this path; empty where there is no such command. */
    Optional<CarryOut<?>> find(SubjectKind subject, String path) {
        return CommandName.find(subject, path).map(kinds::get);
    }

    /** How subjects other than incidents are found. */
    FindSubject subjects(SubjectKind kind) {
        FindSubject find = subjects.get(kind);
        if (find == null) {
            throw new IllegalStateException("nothing finds " + kind.path());
        }
        return find;
    }
}
