package org.citybrain.api.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.change.GivenCursor;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;

/** One server-sent event, encoded once for all who read it, but for its id. */
final class LiveEvent {

    private static final byte[] DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable ChangeCursor place;
    private final @Nullable About about;
    private final byte[] bytes;

    private LiveEvent(@Nullable ChangeCursor place, @Nullable About about, byte[] bytes) {
        this.place = place;
        this.about = about;
        this.bytes = bytes;
    }

    /** JSON has no line breaks of its own, so one line of data is enough. */
    static LiveEvent of(String name, @Nullable ChangeCursor place, @Nullable About about, Object data) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("event: " + name).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(DATA);
        bytes.writeBytes(MessageJson.MAPPER.writeValueAsBytes(data));
        bytes.writeBytes(END);
        return new LiveEvent(place, about, bytes.toByteArray());
    }

    /** The place of its id, with which a reader goes on; null for what cannot be fetched again. */
    @Nullable
    ChangeCursor place() {
        return place;
    }

    /** Whom it concerns; null for everybody to whom it is handed. */
    @Nullable
    About about() {
        return about;
    }

    /** @param reach of the reader: the id goes on for nobody else */
    void writeTo(OutputStream stream, String reach) throws IOException {
        if (place != null) {
            String id = "id: " + new GivenCursor(place, reach) + "\n";
            stream.write(id.getBytes(StandardCharsets.US_ASCII));
        }
        stream.write(bytes);
    }

    /** As it is written, without its id. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * What a reader's filter looks at.
     *
     * @param line what the line of the timeline tells, the same for its incident and its tasks
     * @param unitCode the handling unit of a task; null for an incident
     */
    record About(LiveLine line, @Nullable String unitCode) {}
}
