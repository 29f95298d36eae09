/**
 * {@code /v1/staff} and {@code /v1/departments}: who is on duty where, and who serves which unit, kept by administrators. The
 * rosters' next stop is dispatch-service, which reads {@code grid.staff_view} anew when {@code grid.roster_change} has moved.
 */
@NullMarked
package org.citybrain.grid.staff;

import org.jspecify.annotations.NullMarked;
