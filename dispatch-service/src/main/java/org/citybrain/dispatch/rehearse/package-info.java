/**
 * Rehearsal: what a policy version would have decided over a period, beside what was decided. Reads what {@code store} has kept, asks the
 * same plain rules, changes no incident; its findings go to dispatch.rehearsal.
 */
@NullMarked
package org.citybrain.dispatch.rehearse;

import org.jspecify.annotations.NullMarked;
