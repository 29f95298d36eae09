/**
 * OGC API – Features, Part 1: Core (OGC 17-069r4): the map for GIS programs, as collections of GeoJSON features.
 *
 * <p>A request is read into an {@code ItemsRequest}, answered page by page out of schema {@code grid} by {@code PostgisFeatures},
 * and written to the reader feature by feature by {@code WriteItems}.
 */
@NullMarked
package org.citybrain.grid.ogc;

import org.jspecify.annotations.NullMarked;
