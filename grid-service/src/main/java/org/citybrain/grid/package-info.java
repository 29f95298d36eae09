/**
 * grid-service: the layered governance map, city > district > street > community > grid.
 *
 * <p>Requests arrive in {@code unit} and {@code boundary}, which read schema {@code grid}; {@code tile} draws it and {@code ogc}
 * hands it to GIS programs; {@code demo} fills an empty map; {@code publish} tells the other services that there is a new version.
 */
@NullMarked
package org.citybrain.grid;

import org.jspecify.annotations.NullMarked;
