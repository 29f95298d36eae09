package org.citybrain.grid.tile;

import org.locationtech.jts.geom.Geometry;

/** @param boundary in web Mercator (SRID 3857) */
record DrawnUnit(String code, String name, long population, Geometry boundary) {

    DrawnUnit with(Geometry other) {
        return new DrawnUnit(code, name, population, other);
    }
}
