/**
 * Everything on one machine without Docker: {@link org.citybrain.local.CityBrain} starts Kafka, PostGIS, the four services
 * and, in {@code org.citybrain.local.identity}, the server at which its people sign in, in one JVM. The data's next stop is the gate, {@code org.citybrain.intake}; {@code
 * org.citybrain.local.simulate} is what posts to it.
 */
@NullMarked
package org.citybrain.local;

import org.jspecify.annotations.NullMarked;
