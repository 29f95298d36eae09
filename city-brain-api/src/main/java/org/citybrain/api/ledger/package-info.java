/**
 * {@code /v1/ledger}: every report accounted for, counted from both ends (domain, section 6). The left end is what lies on
 * the topics: Kafka's end offsets, and event-intake's count of the records. The right end is what became of them:
 * dispatch-service's outcomes and the refusals that were kept.
 */
@NullMarked
package org.citybrain.api.ledger;

import org.jspecify.annotations.NullMarked;
