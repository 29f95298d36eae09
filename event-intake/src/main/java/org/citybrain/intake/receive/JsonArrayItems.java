package org.citybrain.intake.receive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON array. Only brackets and strings are looked at: an element ends at the comma or bracket after it.
 * Where the array breaks off, what came before counts and the broken rest is one refusal.
 */
final class JsonArrayItems implements BatchItems {

    private final BatchBytes bytes;
    private final long mostBytes;
    private State state = State.BEFORE_FIRST;

    private enum State {
        BEFORE_FIRST,
        BETWEEN,
        CLOSED,
        ENDED
    }

    private JsonArrayItems(BatchBytes bytes, long mostBytes) {
        this.bytes = bytes;
        this.mostBytes = mostBytes;
    }

    /** The items of the array that the body must begin with; null if it begins with anything else. */
    static @Nullable JsonArrayItems open(BatchBytes bytes, long mostBytes) throws IOException {
        return afterSpace(bytes) == '[' ? new JsonArrayItems(bytes, mostBytes) : null;
    }

    @Override
    public @Nullable BatchItem next() throws IOException {
        if (state == State.BEFORE_FIRST || state == State.BETWEEN) {
            int b = afterSpace(bytes);
            if (b != ']' || state == State.BETWEEN) {
                return element(b);
            }
            state = State.CLOSED;
        }
        if (state == State.CLOSED) {
            state = State.ENDED;
            return afterSpace(bytes) == BatchBytes.END ? null : BatchItem.refused(BatchRefusals.textAfterTheEnd());
        }
        return null;
    }

    private BatchItem element(int firstByte) throws IOException {
        int depth = 0;
        int b = firstByte;
        if (b != BatchBytes.END) {
            bytes.beginItem();
        }
        while (b != BatchBytes.END) {
            switch (b) {
                case '"' -> skipString();
                case '{', '[' -> depth++;
                case '}' -> depth = Math.max(0, depth - 1);
                case ']' -> {
                    if (depth == 0) {
                        state = State.CLOSED;
                        return bytes.endItem(false);
                    }
                    depth--;
                }
                case ',' -> {
                    if (depth == 0) {
                        state = State.BETWEEN;
                        return bytes.endItem(false);
                    }
                }
                default -> {
                    // part of a number, a word or white space
                }
            }
            b = bytes.next();
        }
        state = State.ENDED;
        return BatchItem.refused(
                bytes.isBodyTooLarge() ? BatchRefusals.bodyTooLarge(mostBytes) : BatchRefusals.brokenOff());
    }

    private void skipString() throws IOException {
        int b = bytes.next();
        while (b != '"' && b != BatchBytes.END) {
            if (b == '\\') {
                bytes.next();
            }
            b = bytes.next();
        }
    }

    private static int afterSpace(BatchBytes bytes) throws IOException {
        int b = bytes.next();
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            b = bytes.next();
        }
        return b;
    }
}
