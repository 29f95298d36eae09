/** {@code /v1/sources/alarm-rates}: how often a source was right, by what people said of it. Read from dispatch's view of labels. */
@NullMarked
package org.citybrain.api.source;

import org.jspecify.annotations.NullMarked;
