/**
 * {@code /v1/departments}: who can be summoned, and how departments came when they were. Scores are added up anew from the timelines'
 * lines at every request, by {@link org.citybrain.api.department.ScoreDepartments}; nothing keeps them.
 */
@NullMarked
package org.citybrain.api.department;

import org.jspecify.annotations.NullMarked;
