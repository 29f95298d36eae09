/** The names of governance units, for whatever is answered. Read from grid-service's view. */
@NullMarked
package org.citybrain.api.unit;

import org.jspecify.annotations.NullMarked;
