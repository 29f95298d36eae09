/**
 * The governance units: one by its code, its children, its chain up to the city, its border, lists by tier.
 *
 * <p>Requests come in at {@code UnitEndpoint} and are answered from {@code grid.unit_version} as of
 * a moment; nothing goes further.
 */
@NullMarked
package org.citybrain.grid.unit;

import org.jspecify.annotations.NullMarked;
