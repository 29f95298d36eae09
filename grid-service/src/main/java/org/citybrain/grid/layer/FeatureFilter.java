package org.citybrain.grid.layer;

import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Which features of a layer are asked for: those that meet all that is given. */
record FeatureFilter(
        @Nullable UnitCode unit,
        @Nullable Box box,
        @Nullable String kind,
        @Nullable String department) {}
