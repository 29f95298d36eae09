package org.citybrain.dispatch.publish;

/**
 * A place in the order of the timeline.
 *
 * @param transactionId an xid8, as PostgreSQL writes it
 */
record TimelinePosition(String transactionId, long sequence) {}
