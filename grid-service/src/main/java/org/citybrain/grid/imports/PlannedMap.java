package org.citybrain.grid.imports;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.citybrain.messages.Tier;

/**
 * The map as it will be, as far as an import touches it.
 *
 * @param units by code
 * @param ended of before, those that go on under no code
 */
record PlannedMap(MapBefore before, SortedMap<String, PlannedUnit> units, List<UnitBefore> ended) {

    PlannedMap {
        ended = List.copyOf(ended);
    }

    Collection<PlannedUnit> all() {
        return units.values();
    }

    List<PlannedUnit> listTier(Tier tier) {
        return units.values().stream()
                .filter(unit -> unit.code().length() == tier.digits())
                .toList();
    }

    /** In an order in which parents come before their children. */
    List<PlannedUnit> listOtherThanBefore() {
        return List.of(Tier.values()).stream()
                .flatMap(tier -> listTier(tier).stream())
                .filter(PlannedUnit::isOtherThanBefore)
                .toList();
    }

    /** Codes that nobody has any more, be it that their units ended or that they moved. */
    List<String> listCodesGivenUp() {
        return before.all()
                .map(UnitBefore::code)
                .filter(code -> !units.containsKey(code))
                .toList();
    }

    ImportReport.Units count() {
        int created = 0;
        int moved = 0;
        int changed = 0;
        for (PlannedUnit unit : listOtherThanBefore()) {
            if (unit.isNew()) {
                created++;
            } else if (unit.isMoved()) {
                moved++;
            } else {
                changed++;
            }
        }
        return new ImportReport.Units(created, changed, moved, ended.size());
    }
}
