/**
 * The account of both topics that this service writes: how many records lie on them, by source and hour, and every refusal.
 * Counted from the records themselves, so that it is one end of the ledger; city-brain-api reads it from the tables.
 */
@NullMarked
package org.citybrain.intake.consume;

import org.jspecify.annotations.NullMarked;
