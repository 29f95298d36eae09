package org.citybrain.intake.receive;

import org.citybrain.intake.admit.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * One item of a batch: bytes to be read as a report, valid until the next item is asked for; or what is wrong with the
 * batch itself at this place.
 */
@SuppressWarnings("ArrayRecordComponent") // a window on bytes, never compared
record BatchItem(
        byte[] bytes, int offset, int length, @Nullable Rejection rejection) {

    static BatchItem refused(Rejection rejection) {
        return new BatchItem(new byte[0], 0, 0, rejection);
    }
}
