/**
 * What people command of incidents: each command a body and a class that carries it out, called by {@link
 * org.citybrain.dispatch.command.CarryOut}'s one frame. Next stop: {@code publish}, as for everything else.
 */
@NullMarked
package org.citybrain.dispatch.command.incident;

import org.jspecify.annotations.NullMarked;
