/** A report's way through dispatch: {@code consume → locate → correlate → grade → route → store → publish}. */
@NullMarked
package org.citybrain.dispatch;

import org.jspecify.annotations.NullMarked;
