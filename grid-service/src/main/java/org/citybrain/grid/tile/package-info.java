/**
 * Vector tiles: the map as it is drawn.
 *
 * <p>A tile is asked for in {@code TileEndpoint}, drawn by {@code DrawTile} in PostGIS and goes to the reader with the version of
 * the map as its tag. In the background {@code PrepareTiles} reads each new version of the map, tier by tier, simplifies it and
 * leaves it in {@code grid.tile_unit}, where the next tiles are drawn from.
 */
@NullMarked
package org.citybrain.grid.tile;

import org.jspecify.annotations.NullMarked;
