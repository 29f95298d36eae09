/** Tells the other services about a new version of the map, on {@code citybrain.governance-map-changed.v1}. */
@NullMarked
package org.citybrain.grid.publish;

import org.jspecify.annotations.NullMarked;
