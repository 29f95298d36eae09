package org.citybrain.grid.ogc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param properties in the order of the collection's
 * @param geometry GeoJSON, in WGS-84
 */
record MapFeature(String id, Map<String, @Nullable Object> properties, String geometry) {}
