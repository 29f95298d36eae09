/**
 * Kafka and PostGIS on a machine without Docker: {@link org.citybrain.infrastructure.LocalKafka} in this JVM and
 * {@link org.citybrain.infrastructure.PrivatePostgis} beside it. The local run keeps one of each in its own folder; tests
 * find theirs through {@code city-brain-testing}.
 */
@NullMarked
package org.citybrain.infrastructure;

import org.jspecify.annotations.NullMarked;
