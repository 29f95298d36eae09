/**
 * Invented land: an irregular mesh of cells, grown into territories, split into parts, traced into borders.
 *
 * <p>There is one planar mesh, and every unit of every tier is a set of its cells, so a parent is exactly the union of its
 * children, and neighbours share their border vertex by vertex. Next stop: {@code org.citybrain.grid.demo}, which gives the
 * parts their codes and names.
 */
@NullMarked
package org.citybrain.grid.demo.mesh;

import org.jspecify.annotations.NullMarked;
