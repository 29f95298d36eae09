/**
 * What comes in over HTTP: single reports, batches, CloudEvents. Bytes go on to {@code admit}, verdicts to {@code publish},
 * and only when Kafka has acknowledged does the sender get its answer.
 */
@NullMarked
package org.citybrain.intake.receive;

import org.jspecify.annotations.NullMarked;
