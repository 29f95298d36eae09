package org.citybrain.grid.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;

/**
 * The land of one unit.
 *
 * @param cells ascending
 * @param below the land of the units below it, in the order of their codes; together they have the same cells
 */
@SuppressWarnings("ArrayRecordComponent")
record Tract(UnitCode code, int[] cells, List<Tract> below) {

    Tract {
        below = List.copyOf(below);
    }

    /** This one and all below it, in the order of their codes. */
    void forEach(Consumer<Tract> action) {
        action.accept(this);
        below.forEach(tract -> tract.forEach(action));
    }

    /** Those of a tier, this one or below it, in the order of their codes. */
    List<Tract> at(Tier tier) {
        List<Tract> found = new ArrayList<>();
        forEach(tract -> {
            if (tract.code().tier() == tier) {
                found.add(tract);
            }
        });
        return found;
    }
}
