package org.citybrain.api.subscription.consume;

/** A partition is not where the batch begins: another instance has worked it off, or the database has lost a batch. Nothing was stored. */
final class StaleOffsets extends RuntimeException {

    private static final long serialVersionUID = 1;

    StaleOffsets() {
        super("the batch does not begin where the stored offsets say", null, false, false);
    }
}
