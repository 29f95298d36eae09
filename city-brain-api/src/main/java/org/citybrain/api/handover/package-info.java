/** The end of a shift: what one operator leaves to the next. */
@NullMarked
package org.citybrain.api.handover;

import org.jspecify.annotations.NullMarked;
