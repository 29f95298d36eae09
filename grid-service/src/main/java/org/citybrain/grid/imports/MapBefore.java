package org.citybrain.grid.imports;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citybrain.messages.Tier;

/**
 * The units that an import may touch, as they are without it: the city, its districts, and all below those districts that the file
 * speaks of.
 *
 * @param opened the districts whose units are here
 */
record MapBefore(SortedMap<String, UnitBefore> units, Set<String> opened) {

    /** Reads what these features and replaced units may touch. */
    static MapBefore read(PostgisUnitsBefore store, List<ImportFeature> features, List<String> replaces) {
        SortedMap<String, UnitBefore> units = new TreeMap<>();
        store.listCityAndDistricts().forEach(unit -> units.put(unit.code(), unit));
        Set<String> touched = new HashSet<>();
        for (ImportFeature feature : features) {
            touch(touched, units, feature.code(), feature.abolished());
            if (feature.formerCode() != null) {
                touch(touched, units, feature.formerCode(), true);
            }
        }
        replaces.forEach(code -> touch(touched, units, code, true));
        touched.retainAll(units.keySet());
        touched.forEach(district -> store.listBelow(district).forEach(unit -> units.put(unit.code(), unit)));
        return new MapBefore(units, touched);
    }

    /** @param wholly with all below it: for a city, every district */
    private static void touch(Set<String> touched, SortedMap<String, UnitBefore> units, String code, boolean wholly) {
        String district = Ancestry.district(code);
        if (district != null) {
            touched.add(district);
        } else if (wholly) {
            units.keySet().stream()
                    .filter(other -> other.length() == Tier.DISTRICT.digits() && other.startsWith(code))
                    .forEach(touched::add);
        }
    }

    boolean has(String code) {
        return units.containsKey(code);
    }

    /** A district that the file does not speak of: what is below it was not read, and stays as it is. */
    boolean isClosed(String code) {
        return code.length() == Tier.DISTRICT.digits() && has(code) && !opened.contains(code);
    }

    Stream<UnitBefore> all() {
        return units.values().stream();
    }
}
