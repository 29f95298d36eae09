/** The service as it runs, for tests: on a real PostGIS and a real Kafka, with what the other services would have stored. */
@NullMarked
package org.citybrain.api.running;

import org.jspecify.annotations.NullMarked;
