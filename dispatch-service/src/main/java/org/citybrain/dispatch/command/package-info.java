/**
 * What people decide. Every command goes one way ({@link org.citybrain.dispatch.command.CommandIncident}): its key, locks, checks, the change
 * with its lines of the timeline, the kept answer, the audit line, as one transaction. The packages below say what each kind of command
 * changes. Beside it: a parked report is retried or discarded. Next stop: {@code publish}, as for everything else.
 */
@NullMarked
package org.citybrain.dispatch.command;

import org.jspecify.annotations.NullMarked;
