/**
 * Takes reports from Kafka in batches and reads them. Next stop: {@code locate}.
 */
@NullMarked
package org.citybrain.dispatch.consume;

import org.jspecify.annotations.NullMarked;
