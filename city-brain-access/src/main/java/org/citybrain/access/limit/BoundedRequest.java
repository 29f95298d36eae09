package org.citybrain.access.limit;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request whose body is read through a {@link BoundedStream}. */
final class BoundedRequest extends HttpServletRequestWrapper {

    private final long mostBytes;
    private final Duration patience;
    private final long began = System.nanoTime();
    private @Nullable ServletInputStream stream;

    BoundedRequest(HttpServletRequest request, long mostBytes, Duration patience) {
        super(request);
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (stream == null) {
            stream = new BoundedStream(super.getInputStream(), mostBytes, began, patience);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String named = getCharacterEncoding();
        return new BufferedReader(new InputStreamReader(
                getInputStream(), named == null ? StandardCharsets.UTF_8 : Charset.forName(named)));
    }
}
