package org.citybrain.api.live;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.change.ChangeSettings;
import org.citybrain.api.change.GivenCursor;
import org.citybrain.api.change.TimelineQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the stream to one reader, from where they were to where the city is, and on until one of both ends it. */
@Component
class ServeStream {

    /** An event, for a browser does not show comments to its page; without an id, so a reader goes on from the last that has one. */
    private static final LiveEvent ALIVE = LiveEvent.of("alive", null, null, Map.of());

    private static final int MOST_LINES = 2_000;

    private final LiveReaders readers;
    private final TimelineQueries timeline;
    private final LiveLineQueries lines;
    private final StreamSettings settings;
    private final ChangeSettings changes;
    private final Clock clock;

    ServeStream(
            LiveReaders readers,
            TimelineQueries timeline,
            LiveLineQueries lines,
            StreamSettings settings,
            ChangeSettings changes,
            Clock clock) {
        this.readers = readers;
        this.timeline = timeline;
        this.lines = lines;
        this.settings = settings;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Returns when the stream has ended. To be called as the person who reads: what they missed is read with their own reach.
     *
     * @param since the last that the reader has; null begins now
     * @param until when the reader's token ends
     */
    void serve(LiveReader reader, @Nullable GivenCursor since, Instant until, OutputStream to)
            throws IOException, InterruptedException {
        ChangeCursor place = since == null ? null : catchUp(reader, since, to);
        if (place != null) {
            reader.knows(place);
        }
        ChangeCursor live = readers.join(reader, timeline::head);
        if (place == null) {
            LiveEvent.of(since == null ? "start" : "resync", live, null, Map.of())
                    .writeTo(to, reader.reach());
        } else {
            write(reader, lines.events(place, live), to);
        }
        to.flush();
        follow(reader, until, to);
    }

    /** Writes what the reader has missed. Where they are then, near the end; null where that is too much, not known any more, or another reach. */
    private @Nullable ChangeCursor catchUp(LiveReader reader, GivenCursor given, OutputStream to) throws IOException {
        ChangeCursor since = given.place();
        if (!given.isFor(reader.person()) || since.isOlderThan(changes.oldestCursor(), clock.instant())) {
            return null;
        }
        ChangeCursor place = since;
        for (int missed = 0; missed < settings.mostMissed(); missed += MOST_LINES) {
            TimelineQueries.Window window = timeline.window(place, MOST_LINES);
            if (!window.full() && missed == 0 && !timeline.isKnown(since)) {
                return null;
            }
            write(reader, lines.events(place, window.end()), to);
            place = window.end();
            if (!window.full()) {
                return place;
            }
        }
        return null;
    }

    private void follow(LiveReader reader, Instant until, OutputStream to) throws IOException, InterruptedException {
        boolean ended = false;
        while (!ended) {
            if (!clock.instant().isBefore(until)) {
                reader.end(StreamEnd.TOKEN_EXPIRED);
            }
            LiveEvent event = reader.next(patience(until));
            (event == null ? ALIVE : event).writeTo(to, reader.reach());
            if (event == null || reader.isDrained()) {
                to.flush();
            }
            ended = reader.ended() != null && reader.isDrained();
        }
    }

    private Duration patience(Instant until) {
        Duration left = Duration.between(clock.instant(), until);
        return left.compareTo(settings.heartbeat()) < 0 && left.isPositive() ? left : settings.heartbeat();
    }

    private static void write(LiveReader reader, List<LiveEvent> events, OutputStream to) throws IOException {
        for (LiveEvent event : events) {
            if (reader.wants(event)) {
                event.writeTo(to, reader.reach());
            }
        }
    }
}
