/**
 * Which reports are one incident, decided under locks in the database. Next stop: {@code grade}.
 */
@NullMarked
package org.citybrain.dispatch.correlate;

import org.jspecify.annotations.NullMarked;
