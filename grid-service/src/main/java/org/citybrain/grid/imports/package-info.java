/**
 * Boundary files and reforms: a GeoJSON file becomes the next version of the map, or is refused whole.
 *
 * <p>A request comes in at {@code ImportEndpoint}; {@code ImportMap} reads top to bottom as its steps: read → plan → draw → check →
 * write → publish. What was written goes on from {@code version}, which makes it the map, to {@code publish}, which tells the
 * other services.
 */
@NullMarked
package org.citybrain.grid.imports;

import org.jspecify.annotations.NullMarked;
