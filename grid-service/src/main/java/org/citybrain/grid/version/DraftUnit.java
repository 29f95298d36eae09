package org.citybrain.grid.version;

import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;

/**
 * A unit as a new version of the map is to have it.
 *
 * @param population residents
 * @param boundary in degrees, WGS-84
 * @param representativePoint inside the boundary
 * @param formerCode the code that a reform has taken from it; null where it keeps its own
 * @param provenance of its border; null where it is that of the whole version
 */
public record DraftUnit(
        UnitCode code,
        String name,
        long population,
        MultiPolygon boundary,
        Position representativePoint,
        @Nullable UnitCode formerCode,
        @Nullable String provenance) {

    /** With the version's own provenance. */
    public DraftUnit(
            UnitCode code,
            String name,
            long population,
            MultiPolygon boundary,
            Position representativePoint,
            @Nullable UnitCode formerCode) {
        this(code, name, population, boundary, representativePoint, formerCode, null);
    }
}
