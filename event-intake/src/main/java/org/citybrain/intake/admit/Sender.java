package org.citybrain.intake.admit;

import java.util.Set;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/**
 * Who sends reports, as the guard found it out: a gateway by its key, a person by the token. A report must come from whoever
 * sends it, so that nobody reports, is counted or is refused in another's name.
 *
 * @param name the id of the gateway's source, or the account's name
 * @param kinds which kinds of source the sender may be: SENSOR and SYSTEM with a key, GRID_WORKER as a grid worker; OPERATOR
 *     as an operator, and CITIZEN for a citizen's call that the operator takes down
 * @param unit the person's own: the only units that they may name in the place of coordinates are this one and those below it. A
 *     gateway has none
 */
public record Sender(
        String name, Set<SourceKind> kinds, @Nullable UnitCode unit) {

    public Sender {
        kinds = Set.copyOf(kinds);
    }

    public static Sender gateway(String sourceId, Set<SourceKind> kinds) {
        return new Sender(sourceId, kinds, null);
    }

    /** A gateway and a person of the same name are two. */
    public boolean isGateway() {
        return kinds.stream().anyMatch(SourceKind::isRegistered);
    }

    boolean is(Report.Source source) {
        return kinds.contains(source.kind()) && name.equals(source.id());
    }

    boolean reaches(UnitCode other) {
        return unit != null && other.isWithin(unit);
    }

    /** What the sender may say of itself. */
    String expectedSource() {
        return "the sender's own: kind "
                + String.join(" or ", kinds.stream().map(Enum::name).sorted().toList()) + ", id "
                + JsonValues.quoted(name);
    }
}
