/**
 * Writes what was decided, in the transaction that moves the offsets. Next stop: {@code publish}.
 */
@NullMarked
package org.citybrain.dispatch.store;

import org.jspecify.annotations.NullMarked;
