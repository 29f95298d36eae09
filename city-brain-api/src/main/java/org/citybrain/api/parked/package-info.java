/**
 * {@code /v1/parked}: reports that could not be processed, for a person to retry or discard. Read from dispatch's view;
 * decisions go on to dispatch-service over HTTP, the only writer of its schema.
 */
@NullMarked
package org.citybrain.api.parked;

import org.jspecify.annotations.NullMarked;
