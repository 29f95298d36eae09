/**
 * {@code /v1/delegations}: requests that a grid be given what is off the list. Read from dispatch's view; requests and decisions go on to
 * dispatch-service over HTTP, the only writer of its schema.
 */
@NullMarked
package org.citybrain.api.delegation;

import org.jspecify.annotations.NullMarked;
