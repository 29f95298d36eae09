/** {@code /v1/tasks}: what the units of the chain are to do. Read from dispatch's views. */
@NullMarked
package org.citybrain.api.task;

import org.jspecify.annotations.NullMarked;
