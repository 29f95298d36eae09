/**
 * How severe an incident is: a plain function of its inputs and a policy. Next stop: {@code route}.
 */
@NullMarked
package org.citybrain.dispatch.grade;

import org.jspecify.annotations.NullMarked;
