/**
 * Measurements of the running system from outside. Each prints what it found for people and, as its last line, one JSON
 * object for programs.
 */
@NullMarked
package org.citybrain.local.bench;

import org.jspecify.annotations.NullMarked;
