/**
 * The admission gate (domain, section 3): plain code, no framework. Takes the bytes of one report from {@code receive},
 * reads and judges them, and hands a {@link org.citybrain.intake.admit.Verdict} on to {@code publish}.
 */
@NullMarked
package org.citybrain.intake.admit;

import org.jspecify.annotations.NullMarked;
