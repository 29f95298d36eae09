/** How far the topics reach, asked of Kafka itself: for {@code report} (is it there?) and {@code ledger} (how many?). */
@NullMarked
package org.citybrain.api.live;

import org.jspecify.annotations.NullMarked;
