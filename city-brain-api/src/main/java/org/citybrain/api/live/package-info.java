/**
 * What goes on at this moment. {@code /v1/stream}: the timeline as it grows, read once and handed to each reader as far as they see it.
 * Beside it how far the topics reach, asked of Kafka itself: for {@code report} (is it there?) and {@code ledger} (how many?).
 */
@NullMarked
package org.citybrain.api.live;

import org.jspecify.annotations.NullMarked;
