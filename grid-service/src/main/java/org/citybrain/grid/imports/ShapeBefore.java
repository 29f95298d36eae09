package org.citybrain.grid.imports;

import org.citybrain.messages.Position;
import org.locationtech.jts.geom.MultiPolygon;

/** Where a unit is on the newest version of the map. */
record ShapeBefore(MultiPolygon boundary, Position representativePoint) {}
