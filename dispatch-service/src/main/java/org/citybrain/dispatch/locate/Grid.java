package org.citybrain.dispatch.locate;

import org.locationtech.jts.geom.Geometry;

/**
 * A grid of the governance map.
 *
 * @param code 15 digits, whose prefixes are its community, street, district and city
 * @param population residents
 * @param boundary WGS-84
 */
public record Grid(String code, long population, Geometry boundary) {}
