package org.citybrain.api.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.citybrain.access.Person;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.change.GivenCursor;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the stream: what waits to be written to them, never more than their queue holds. Whoever hands something over never
 * waits; the writer takes at its own pace.
 */
final class LiveReader {

    private final Person person;
    private final String reach;
    private final StreamFilter filter;
    private final Instant signedInAt;
    private final BlockingQueue<LiveEvent> waiting;
    private @Nullable ChangeCursor known;
    private @Nullable StreamEnd ended;

    LiveReader(Person person, StreamFilter filter, Instant signedInAt, int queue) {
        this.signedInAt = signedInAt;
        this.person = person;
        this.reach = GivenCursor.reachOf(person);
        this.filter = filter;
        this.waiting = new LinkedBlockingQueue<>(queue);
    }

    Person person() {
        return person;
    }

    /** What the ids of the reader's events carry. */
    String reach() {
        return reach;
    }

    /** What lies up to here the reader has by another way: it is not handed over again. */
    synchronized void knows(ChangeCursor place) {
        known = place;
    }

    /** Whether the same person reads the other stream with another unit or department. */
    boolean isOfSamePersonElsewhere(LiveReader other) {
        return person.name().equals(other.person.name()) && !reach.equals(other.reach);
    }

    /** The one with the older token; this one where they are of one moment. */
    LiveReader olderOf(LiveReader other) {
        return other.signedInAt.isBefore(signedInAt) ? other : this;
    }

    boolean wants(LiveEvent event) {
        return filter.wants(event);
    }

    /** Hands an event over, unless the reader has it or does not want it. Whether it was taken. */
    synchronized boolean offer(LiveEvent event) {
        if (ended != null || isKnown(event) || !wants(event)) {
            return false;
        }
        if (!waiting.offer(event)) {
            end(StreamEnd.TOO_SLOW);
            return false;
        }
        return true;
    }

    /** Ends the stream: what waits is dropped, and the last event says why. The first reason counts. */
    synchronized void end(StreamEnd reason) {
        if (ended == null) {
            ended = reason;
            waiting.clear();
            waiting.add(LiveEvent.of("end", null, null, Map.of("reason", reason)));
        }
    }

    /** Why the stream has ended; null while it goes on. */
    synchronized @Nullable StreamEnd ended() {
        return ended;
    }

    /** Whether all that was handed over has been taken. */
    boolean isDrained() {
        return waiting.isEmpty();
    }

    /** The next event, the last one included; null where none came in time. */
    @Nullable
    LiveEvent next(Duration patience) throws InterruptedException {
        return waiting.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isKnown(LiveEvent event) {
        return known != null && event.place() != null && event.place().compareTo(known) <= 0;
    }
}
