/**
 * Delegation: what the item catalogue does not let a grid worker be given goes to a grid only by an approved request, with its reason,
 * budget and handling manual (domain, section 5). Next stop: the grid's task, by way of {@code publish}.
 */
@NullMarked
package org.citybrain.dispatch.delegate;

import org.jspecify.annotations.NullMarked;
