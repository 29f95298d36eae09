/** {@code /v1/incidents}: the list, one incident with its tasks, and its timeline. Read from dispatch's views. */
@NullMarked
package org.citybrain.api.incident;

import org.jspecify.annotations.NullMarked;
