/**
 * The incident picture: what was known around an incident at its first dispatch, and what could not be had, with the reason. Nothing in
 * here keeps an incident from being dispatched. Next stop: {@code store}.
 */
@NullMarked
package org.citybrain.dispatch.picture;

import org.jspecify.annotations.NullMarked;
