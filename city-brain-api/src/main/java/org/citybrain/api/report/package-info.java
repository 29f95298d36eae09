/** {@code /v1/reports}: what became of a report. Read from intake's and dispatch's views and from Kafka's end offsets. */
@NullMarked
package org.citybrain.api.report;

import org.jspecify.annotations.NullMarked;
