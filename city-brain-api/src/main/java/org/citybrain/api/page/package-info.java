/**
 * The files of the command centre's screen at {@code /} and of the worker's page at {@code /worker}, as they are sent to a browser: shells that
 * anyone may load. What they show they read from {@code /v1} as the person who has signed in, see {@code session}.
 */
@NullMarked
package org.citybrain.api.page;

import org.jspecify.annotations.NullMarked;
