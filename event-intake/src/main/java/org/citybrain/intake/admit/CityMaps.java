package org.citybrain.intake.admit;

import org.jspecify.annotations.Nullable;

/** The governance map in force. Asked for every report: no call may wait. */
public interface CityMaps {
    /** Absent until a map has been loaded. */
    @Nullable
    CityMap current();
}
