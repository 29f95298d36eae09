package org.citybrain.dispatch.locate;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.prep.PreparedGeometry;

/**
 * Where a department answers, and for what.
 *
 * @param types codes of incident types; absent: for everything
 * @param area WGS-84; areas with the same border share it
 * @param until when it ends; absent where no end is planned
 */
record ResponsibilityArea(
        ResponsibleDepartment responsible,
        @Nullable Set<String> types,
        PreparedGeometry area,
        Instant from,
        @Nullable Instant until) {

    boolean answersFor(String type, Instant moment) {
        return (types == null || types.contains(type))
                && !from.isAfter(moment)
                && (until == null || until.isAfter(moment));
    }
}
