/**
 * {@code /v1/changes}: what has changed since somebody last asked, read from dispatch's timeline. Its cursors are also the ids of the
 * live stream's events.
 */
@NullMarked
package org.citybrain.api.change;

import org.jspecify.annotations.NullMarked;
