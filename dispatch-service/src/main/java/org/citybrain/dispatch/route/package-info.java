/**
 * Who commands, who acts and who is told: a plain function of the grade and the units touched. Next stop: {@code store}.
 */
@NullMarked
package org.citybrain.dispatch.route;

import org.jspecify.annotations.NullMarked;
