package org.citybrain.intake.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A window over a body that is read as a stream: it holds one item at a time, however long the body is. */
final class BatchBytes {

    static final int END = -1;

    private static final int CHUNK = 64 * 1024;
    private static final int NO_ITEM = -1;

    private final InputStream body;
    private final int mostItemBytes;
    private final long mostBytes;
    private byte[] window = new byte[CHUNK];
    private int next;
    private int limit;
    private int itemStart = NO_ITEM;
    private boolean itemTooLarge;
    private long readBytes;
    private boolean bodyTooLarge;

    BatchBytes(InputStream body, int mostItemBytes, long mostBytes) {
        this.body = body;
        this.mostItemBytes = mostItemBytes;
        this.mostBytes = mostBytes;
    }

    /** The next byte, or {@link #END} at the end of the body or where it grows larger than allowed. */
    int next() throws IOException {
        if (next == limit && !fill()) {
            return END;
        }
        return window[next++] & 0xff;
    }

    /** Whether the body ended because it is larger than allowed. */
    boolean isBodyTooLarge() {
        return bodyTooLarge;
    }

    /** The byte that was read last is the first of an item. */
    void beginItem() {
        itemStart = next - 1;
        itemTooLarge = false;
    }

    /** The byte that was read last is the first that no longer belongs to the item; at the end of the body there is none. */
    BatchItem endItem(boolean atEnd) {
        int end = atEnd ? next : next - 1;
        BatchItem item = itemTooLarge || end - itemStart > mostItemBytes
                ? BatchItem.refused(BatchRefusals.itemTooLarge(mostItemBytes))
                : new BatchItem(window, itemStart, end - itemStart, null);
        itemStart = NO_ITEM;
        return item;
    }

    private boolean fill() throws IOException {
        makeRoom();
        if (readBytes == mostBytes) {
            bodyTooLarge = bodyTooLarge || body.read() != END;
            return false;
        }
        int read = body.read(window, limit, (int) Math.min(window.length - limit, mostBytes - readBytes));
        if (read <= 0) {
            return false;
        }
        readBytes += read;
        limit += read;
        return true;
    }

    /** Keeps what was read of the current item, as long as it is not too large anyway. */
    private void makeRoom() {
        if (itemStart != NO_ITEM && next - itemStart > mostItemBytes) {
            itemTooLarge = true;
        }
        if (itemStart == NO_ITEM || itemTooLarge) {
            next = 0;
            limit = 0;
            itemStart = Math.min(itemStart, 0);
            return;
        }
        int kept = next - itemStart;
        System.arraycopy(window, itemStart, window, 0, kept);
        if (window.length - kept < CHUNK / 2) {
            window = Arrays.copyOf(window, window.length * 2);
        }
        itemStart = 0;
        next = kept;
        limit = kept;
    }
}
