/** The versions of the map: which one answered, and which one is in force when. */
@NullMarked
package org.citybrain.grid.version;

import org.jspecify.annotations.NullMarked;
