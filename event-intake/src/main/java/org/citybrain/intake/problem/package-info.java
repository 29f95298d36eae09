/** Every answer that is not a success: an RFC 9457 problem document with a {@code reason}. Nothing goes on from here. */
@NullMarked
package org.citybrain.intake.problem;

import org.jspecify.annotations.NullMarked;
