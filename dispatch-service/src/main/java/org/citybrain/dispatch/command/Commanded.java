package org.citybrain.dispatch.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citybrain.access.command.CommandName;
import org.citybrain.access.command.SubjectKind;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;

/**
 * What a command has come to: the answer as it was written the first time.
 *
 * @param command as in its path
 * @param version of the command's subject after it
 * @param json the whole answer
 */
record Commanded(String command, int version, String json) {

    /**
     * The answer of a command that was carried out.
     *
     * @param incident after it
     * @param other after it, where it concerns two: the one that goes on after a merge, the new one after a split
     * @param subject after it
     */
    static Commanded of(
            CommandName command,
            Instant decidedAt,
            IncidentState incident,
            @Nullable IncidentState other,
            Subject subject) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("command", command.path());
        answer.put("decidedAt", decidedAt);
        answer.put("incident", incident);
        if (other != null) {
            answer.put("other", other);
        }
        if (subject.kind() != SubjectKind.INCIDENT) {
            answer.put(subject.kind().field(), subject.state());
        }
        return new Commanded(command.path(), subject.version(), MessageJson.MAPPER.writeValueAsString(answer));
    }
}
