/** Reads {@code incident-changed} and {@code task-changed} and stores a notice for every subscription that asked for it. */
@NullMarked
package org.citybrain.api.subscription.consume;

import org.jspecify.annotations.NullMarked;
