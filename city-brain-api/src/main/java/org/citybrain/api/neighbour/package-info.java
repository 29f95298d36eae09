/**
 * What a page asks of grid-service and event-intake through its own origin: a list of paths, each passed on in the name of whoever asks, so
 * that a browser needs no second address and no token ({@code docs/decisions/0018-the-page-asks-one-origin.md}). What is allowed there is
 * decided there.
 */
@NullMarked
package org.citybrain.api.neighbour;

import org.jspecify.annotations.NullMarked;
