/**
 * Tells the database for whom it is asked. Every connection that leaves the pool carries the person of the request, and
 * row-level security does the rest; a query outside a request sees no incident at all.
 */
@NullMarked
package org.citybrain.api.reach;

import org.jspecify.annotations.NullMarked;
