package org.citybrain.grid.imports;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * What the file says of one unit.
 *
 * @param index of the file's features, from 0
 * @param name null where the file does not say
 * @param population null where the file does not say
 * @param formerCode of the unit that goes on under {@code code}, with all below it
 * @param abolished the unit ends, with all below it that does not go on elsewhere
 * @param boundary WGS-84, snapped to seven decimals; null where the file gives none
 */
record ImportFeature(
        int index,
        String code,
        @Nullable String name,
        @Nullable Long population,
        @Nullable String formerCode,
        boolean abolished,
        @Nullable MultiPolygon boundary) {

    ImportFeature drawnAs(MultiPolygon area) {
        return new ImportFeature(index, code, name, population, formerCode, abolished, area);
    }
}
