/** The outline of the city and of the units that sources are registered for, held in memory for {@code admit}. */
@NullMarked
package org.citybrain.intake.map;

import org.jspecify.annotations.NullMarked;
