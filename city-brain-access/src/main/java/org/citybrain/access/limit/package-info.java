/**
 * How much one caller may ask for, so that none can take what the others need: requests a second, memory at once, the size
 * of a body and the time it may take. Whoever is over is answered here, before any endpoint; what a service counts besides,
 * such as event-intake its reports, it counts with the same {@link org.citybrain.access.limit.RateLimit}.
 */
@NullMarked
package org.citybrain.access.limit;

import org.jspecify.annotations.NullMarked;
