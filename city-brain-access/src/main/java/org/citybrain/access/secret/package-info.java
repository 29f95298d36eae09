/** Files that only their owner may read. Nothing goes on from here. */
@NullMarked
package org.citybrain.access.secret;

import org.jspecify.annotations.NullMarked;
