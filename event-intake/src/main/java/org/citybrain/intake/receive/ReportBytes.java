package org.citybrain.intake.receive;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The body of a request that holds one report. */
final class ReportBytes {

    private ReportBytes() {}

    /** All of its bytes; null if there are more than allowed. */
    static byte @Nullable [] read(HttpServletRequest request, int mostBytes) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > mostBytes) {
            return null;
        }
        InputStream body = request.getInputStream();
        byte[] bytes = body.readNBytes(announced < 0 ? mostBytes + 1 : (int) announced);
        return bytes.length > mostBytes ? null : bytes;
    }
}
