package org.citybrain.local.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what comes of a stream into its events, wherever the pieces end in which it comes. An event ends with an empty line. */
final class CutEvents {

    private final Consumer<ServerSentEvent> to;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean lineIsEmpty;

    CutEvents(Consumer<ServerSentEvent> to) {
        this.to = to;
    }

    void take(byte[] piece) {
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            boolean endsLine = piece[i] == '\n';
            if (endsLine && lineIsEmpty) {
                begun.write(piece, from, i + 1 - from);
                to.accept(new ServerSentEvent(begun.toString(StandardCharsets.UTF_8)));
                begun.reset();
                from = i + 1;
            }
            lineIsEmpty = endsLine;
        }
        begun.write(piece, from, piece.length - from);
    }
}
