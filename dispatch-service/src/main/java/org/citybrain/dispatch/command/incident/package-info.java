/**
 * What people command of incidents: confirm, regrade, mark false, merge, split. Each command is one transaction: its key, locks, checks,
 * the change with its lines of the timeline, the kept answer, the audit line. Next stop: {@code publish}, as for everything else.
 */
@NullMarked
package org.citybrain.dispatch.command.incident;

import org.jspecify.annotations.NullMarked;
