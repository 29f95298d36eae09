/**
 * Relays the timeline to the topics, in the order of versions. Next stop: Kafka.
 */
@NullMarked
package org.citybrain.dispatch.publish;

import org.jspecify.annotations.NullMarked;
