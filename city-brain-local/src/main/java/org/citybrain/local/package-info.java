/**
 * Everything on one machine without Docker: {@link org.citybrain.local.CityBrain} starts Kafka, PostGIS and the four
 * services in one JVM. The data's next stop is the gate, {@code org.citybrain.intake}; {@code
 * org.citybrain.local.simulate} is what posts to it.
 */
@NullMarked
package org.citybrain.local;

import org.jspecify.annotations.NullMarked;
