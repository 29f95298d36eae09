package org.citybrain.access.container;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads and drops what an endpoint left of a body, so that a sender who is still sending gets the answer; but only for as
 * long as the body may take. Tomcat by itself waits as long as bytes trickle in: each such sender holds a connection.
 */
final class DropRestOfBody extends ValveBase {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Duration patience;

    DropRestOfBody(Duration patience) {
        super(true);
        this.patience = patience;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        long began = System.nanoTime();
        getNext().invoke(request, response);
        if (!request.isAsync() && !request.isFinished()) {
            response.finishResponse();
            if (!isDropped(request, began)) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** Past the request's own stream, which is closed together with the answer. */
    private boolean isDropped(Request request, long began) {
        var dropped = new Dropped();
        long bytes = 0;
        try {
            while (!request.isFinished() && bytes < MOST_BYTES && System.nanoTime() - began < patience.toNanos()) {
                bytes += request.getCoyoteRequest().doRead(dropped);
            }
            return request.isFinished();
        } catch (IOException brokenOff) {
            return false;
        }
    }

    /** Takes whatever comes, and forgets it. */
    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer next) {
            buffer = next;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
