/**
 * What the command centre's map and list show: all that is open, in one compact answer. What happens from then on comes by the live
 * stream, {@code live}.
 */
@NullMarked
package org.citybrain.api.map;

import org.jspecify.annotations.NullMarked;
