package org.citybrain.api.unit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** The names that some units had over time: names change with the map, and an incident keeps those of its day. */
public final class NamedUnits {

    private final Map<String, List<Name>> names;

    NamedUnits(List<Name> names) {
        this.names = names.stream().collect(Collectors.groupingBy(Name::code));
    }

    /** The unit of this code as it was at this moment. */
    public GovernanceUnit at(String code, Instant moment) {
        String name = names.getOrDefault(code, List.of()).stream()
                .filter(n -> n.heldAt(moment))
                .findFirst()
                .map(Name::name)
                .orElse(null);
        return new GovernanceUnit(code, name, new UnitCode(code).tier());
    }

    /** The five units from the city down to this grid. */
    public List<GovernanceUnit> chain(String gridCode, Instant moment) {
        return new UnitCode(gridCode)
                .chain().stream().map(unit -> at(unit.digits(), moment)).toList();
    }

    /** A unit's name from one moment until, but not at, another. */
    record Name(
            String code,
            String name,
            Instant validFrom,
            @Nullable Instant validTo) {

        private boolean heldAt(Instant moment) {
            return !moment.isBefore(validFrom) && (validTo == null || moment.isBefore(validTo));
        }
    }
}
