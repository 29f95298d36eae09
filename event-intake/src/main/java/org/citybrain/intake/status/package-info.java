/** What became of a gateway's own reports. Read from dispatch's and intake's views and, for a moment, from the topic itself. */
@NullMarked
package org.citybrain.intake.status;

import org.jspecify.annotations.NullMarked;
