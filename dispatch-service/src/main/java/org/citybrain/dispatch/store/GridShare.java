package org.citybrain.dispatch.store;

/**
 * How much of an incident lies in one of its grids.
 *
 * @param area its part of the footprint's area, 0 to 1; where there is no footprint, all grids have the same
 * @param people its part of the people under the footprint; where nobody lives there, as the area
 */
public record GridShare(String grid, double area, double people) {}
