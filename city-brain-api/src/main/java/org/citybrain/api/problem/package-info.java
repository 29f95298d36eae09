/** Every refusal, as an RFC 9457 problem document with a {@code reason}, the offending value and what was expected. */
@NullMarked
package org.citybrain.api.problem;

import org.jspecify.annotations.NullMarked;
