/**
 * A made-up month of the whole loop: reports come in, units acknowledge in time, late or never, give tasks back, resolve, verify, open
 * again; the sweep keeps every deadline. All of dispatch-service is real, as is its PostGIS; only the clock jumps, and people are drawn by
 * a seed. Nothing is posted over HTTP or Kafka: reports go straight into the pipeline, commands straight to their endpoint's class.
 */
@NullMarked
package org.citybrain.local.simulate.month;

import org.jspecify.annotations.NullMarked;
