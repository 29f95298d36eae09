/**
 * Keys of gateways: issued, rotated and revoked by administrators, checked at every request that comes with one. Who a key
 * belongs to goes on to {@code receive} and {@code status} as a {@link org.citybrain.intake.key.Gateway}.
 */
@NullMarked
package org.citybrain.intake.key;

import org.jspecify.annotations.NullMarked;
