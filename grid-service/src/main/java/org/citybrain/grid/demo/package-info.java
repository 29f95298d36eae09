/**
 * The invented city to try the system with: real division codes and names, everything else made up and marked {@code
 * SYNTHETIC}. The same on every machine.
 *
 * <p>Its land is made in {@code org.citybrain.grid.demo.mesh}; it is written to the {@code grid} schema as one map version,
 * and {@code org.citybrain.grid.publish} announces that.
 */
@NullMarked
package org.citybrain.grid.demo;

import org.jspecify.annotations.NullMarked;
