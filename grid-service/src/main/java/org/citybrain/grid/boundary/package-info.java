/**
 * Where a place is: the grid that covers it, and the chain of units above.
 *
 * <p>For people and integrators. dispatch-service does not call this for every report: it keeps its own copy of the grids,
 * and this answer is the one that its answer is checked against.
 */
@NullMarked
package org.citybrain.grid.boundary;

import org.jspecify.annotations.NullMarked;
