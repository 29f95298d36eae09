/**
 * Which grids a report and its footprint touch, from the governance map held in memory. Next stop: {@code correlate}.
 */
@NullMarked
package org.citybrain.dispatch.locate;

import org.jspecify.annotations.NullMarked;
