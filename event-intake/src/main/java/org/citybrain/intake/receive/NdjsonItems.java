package org.citybrain.intake.receive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One item a line; blank lines are none. */
final class NdjsonItems implements BatchItems {

    private final BatchBytes bytes;
    private final long mostBytes;
    private boolean ended;

    NdjsonItems(BatchBytes bytes, long mostBytes) {
        this.bytes = bytes;
        this.mostBytes = mostBytes;
    }

    @Override
    public @Nullable BatchItem next() throws IOException {
        if (ended) {
            return null;
        }
        int b = bytes.next();
        while (b == '\n' || b == '\r' || b == ' ' || b == '\t') {
            b = bytes.next();
        }
        if (b != BatchBytes.END) {
            bytes.beginItem();
            while (b != '\n' && b != BatchBytes.END) {
                b = bytes.next();
            }
        } else if (!bytes.isBodyTooLarge()) {
            return null;
        }
        ended = b == BatchBytes.END;
        return bytes.isBodyTooLarge() ? BatchItem.refused(BatchRefusals.bodyTooLarge(mostBytes)) : bytes.endItem(ended);
    }
}
