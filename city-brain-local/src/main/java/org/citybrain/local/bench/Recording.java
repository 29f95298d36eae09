package org.citybrain.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citybrain.messages.MessageJson;

/** What the readers of a live stream were told in a turn, of each unit once: so that it can be told again. */
record Recording(List<Told> told) {

    Recording {
        told = List.copyOf(told);
    }

    /**
     * An event, as it came.
     *
     * @param unit whose readers were told it
     * @param millis after the turn began
     */
    record Told(String unit, int millis, String event) {}

    static Recording read(Path file) throws IOException {
        return MessageJson.MAPPER.readValue(Files.readAllBytes(file), Recording.class);
    }

    void write(Path file) throws IOException {
        Files.write(file, MessageJson.MAPPER.writeValueAsBytes(this));
    }
}
