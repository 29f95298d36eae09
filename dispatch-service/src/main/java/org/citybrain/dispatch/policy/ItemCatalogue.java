package org.citybrain.dispatch.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citybrain.dispatch.grade.GradeInputs.TypeDefaults;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentCategory;
import org.citybrain.messages.Level;
import org.jspecify.annotations.Nullable;

/** The incident types that the city knows (domain, section 3). */
public final class ItemCatalogue {

    private final Map<String, Item> byCode;

    ItemCatalogue(List<Item> types) {
        byCode = types.stream().collect(Collectors.toUnmodifiableMap(Item::code, Function.identity()));
    }

    public Optional<Item> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** The type, which must be known. */
    public Item get(String code) {
        Item item = byCode.get(code);
        if (item == null) {
            throw new IllegalStateException("the item catalogue has no type '" + code + "'");
        }
        return item;
    }

    public Iterable<Item> all() {
        return byCode.values();
    }

    /**
     * One incident type.
     *
     * @param board the street's board that it belongs to
     * @param defaultLevel for everyday matters absent
     * @param defaultScope for all others absent
     * @param correlationMeters reports of the type belong together within this distance
     * @param correlationMinutes … and this time
     * @param delegable whether a grid worker may be given it
     * @param keyPlaceRaises whether a key place in the footprint raises the level
     */
    public record Item(
            String code,
            IncidentCategory category,
            String board,
            long defaultPeople,
            double defaultAreaSquareKilometers,
            @Nullable Level defaultLevel,
            @Nullable HandlingScope defaultScope,
            double correlationMeters,
            long correlationMinutes,
            boolean delegable,
            boolean keyPlaceRaises) {

        public TypeDefaults defaults() {
            return new TypeDefaults(
                    code,
                    category,
                    defaultPeople,
                    defaultAreaSquareKilometers,
                    defaultLevel,
                    defaultScope,
                    keyPlaceRaises);
        }
    }
}
