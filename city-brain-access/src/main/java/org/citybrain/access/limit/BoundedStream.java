package org.citybrain.access.limit;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.citybrain.access.AccessReason;

/** Ends at a number of bytes and at a moment, whichever comes first, even when bytes trickle in. */
final class BoundedStream extends ServletInputStream {

    private final ServletInputStream body;
    private final long mostBytes;
    private final long began;
    private final Duration patience;
    private long readBytes;

    /** @param began when the request came, by {@link System#nanoTime} */
    BoundedStream(ServletInputStream body, long mostBytes, long began, Duration patience) {
        this.body = body;
        this.mostBytes = mostBytes;
        this.began = began;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        cutOffIfTooSlow();
        int read;
        try {
            read = body.read(into, offset, length);
        } catch (SocketTimeoutException quiet) {
            throw tooSlow("the body stopped");
        }
        readBytes += Math.max(0, read);
        if (readBytes > mostBytes) {
            throw new BodyCutOff(
                    AccessReason.PAYLOAD_TOO_LARGE, "the body is too large: expected at most " + mostBytes + " bytes");
        }
        return read;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    private void cutOffIfTooSlow() {
        if (System.nanoTime() - began > patience.toNanos() && !body.isFinished()) {
            throw tooSlow("after " + readBytes + " bytes the body was cut off");
        }
    }

    private BodyCutOff tooSlow(String what) {
        return new BodyCutOff(
                AccessReason.BODY_TOO_SLOW, what + ": expected all of it within " + patience.toSeconds() + " s");
    }
}
