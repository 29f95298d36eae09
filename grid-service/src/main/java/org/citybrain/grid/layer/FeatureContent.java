package org.citybrain.grid.layer;

import java.util.List;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * What is said of a feature, apart from when. Two that are equal are no change.
 *
 * @param geometry in WGS-84; equal where every position is
 * @param incidentTypes in order; null means every type
 */
record FeatureContent(
        String kind,
        String name,
        Geometry geometry,
        @Nullable UnitCode unit,
        @Nullable String department,
        @Nullable List<String> incidentTypes) {

    FeatureContent {
        incidentTypes = incidentTypes == null ? null : List.copyOf(incidentTypes);
    }
}
