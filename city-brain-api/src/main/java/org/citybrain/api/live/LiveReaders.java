package org.citybrain.api.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citybrain.access.Person;
import org.citybrain.api.change.ChangeCursor;
import org.citybrain.api.problem.Problem;
import org.citybrain.api.problem.ProblemReason;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Everybody who reads the stream at this instance, and the place up to which all who follow have been handed what there is. Both
 * change together: who joins at a place misses nothing after it and gets nothing before it.
 */
@Component
class LiveReaders implements LiveNotices {

    private final StreamSettings settings;
    private final Set<LiveReader> open = new LinkedHashSet<>();
    private final Set<LiveReader> following = new LinkedHashSet<>();
    private final Map<StreamEnd, Counter> ends = new EnumMap<>(StreamEnd.class);
    private final Counter sent;
    /** Null while nobody follows: then the timeline is not read. */
    private @Nullable ChangeCursor place;

    private boolean closed;

    LiveReaders(StreamSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.sent = Counter.builder("citybrain.api.stream.sent")
                .description("Events handed to readers of the live stream")
                .register(registry);
        for (StreamEnd end : StreamEnd.values()) {
            ends.put(
                    end,
                    Counter.builder("citybrain.api.stream.ended")
                            .description("Streams that ended, by why; TOO_SLOW were cut off")
                            .tag("reason", end.name())
                            .register(registry));
        }
        Gauge.builder("citybrain.api.stream.readers", this::size)
                .description("Streams that are open at this instance")
                .register(registry);
    }

    /**
     * One more stream, until it has left. Of a person who has another unit or department by now, what was opened with an older token
     * ends here: it would go on showing what the old unit sees.
     *
     * @param signedInAt when the token was issued that the person comes with
     * @throws org.springframework.web.ErrorResponseException a 429 or 503 problem where none may be opened
     */
    synchronized LiveReader open(Person person, StreamFilter filter, Instant signedInAt) {
        LiveReader reader = new LiveReader(person, filter, signedInAt, settings.queue());
        open.stream()
                .filter(other -> other.isOfSamePersonElsewhere(reader))
                .forEach(other -> other.olderOf(reader).end(StreamEnd.MOVED));
        long own = open.stream()
                .filter(other -> other.person().name().equals(person.name()) && other.ended() == null)
                .count();
        if (own >= settings.ofPerson()) {
            throw Problem.of(
                    ProblemReason.TOO_MANY_STREAMS,
                    "%s has %d streams open: expected at most %d, close one"
                            .formatted(person.name(), own, settings.ofPerson()),
                    null);
        }
        if (closed || open.size() >= settings.readers()) {
            throw Problem.of(
                    ProblemReason.STREAMS_BUSY,
                    "%d streams are open here: expected fewer, come again".formatted(open.size()),
                    null);
        }
        open.add(reader);
        return reader;
    }

    /**
     * From now on the reader is handed what comes.
     *
     * @param head where the timeline ends now; asked only where nobody follows yet
     * @return the place after which it begins
     */
    synchronized ChangeCursor join(LiveReader reader, Supplier<ChangeCursor> head) {
        ChangeCursor from = place == null ? head.get() : place;
        place = from;
        following.add(reader);
        notifyAll();
        return from;
    }

    synchronized void leave(LiveReader reader) {
        StreamEnd ended = reader.ended();
        if (open.remove(reader)) {
            count(ended == null ? StreamEnd.GONE : ended);
        }
        following.remove(reader);
        if (following.isEmpty()) {
            place = null;
        }
    }

    /** Waits until somebody follows. The place from which to go on; null when this instance stops. */
    synchronized @Nullable ChangeCursor awaitPlace() throws InterruptedException {
        while (place == null && !closed) {
            wait();
        }
        return closed ? null : place;
    }

    /** Hands to all who follow what lies between two places; nothing if they have begun anew meanwhile. */
    synchronized void hand(ChangeCursor from, List<LiveEvent> events, ChangeCursor to) {
        if (!from.equals(place)) {
            return;
        }
        for (LiveEvent event : events) {
            sent.increment(handed(event, following.stream()));
        }
        place = to;
    }

    /** Ends every stream, so that a stopping service waits for none. */
    synchronized void close() {
        closed = true;
        open.forEach(reader -> reader.end(StreamEnd.SHUTTING_DOWN));
        notifyAll();
    }

    @Override
    public int send(String person, UnitCode reach, Object notice) {
        return send(
                notice,
                reader -> reader.person().name().equals(person)
                        && reach.equals(reader.person().unit()));
    }

    @Override
    public int send(UnitCode unit, Object notice) {
        return send(notice, reader -> unit.equals(reader.person().unit()));
    }

    synchronized int size() {
        return open.size();
    }

    private synchronized int send(Object notice, Predicate<LiveReader> to) {
        LiveEvent event = LiveEvent.of("notice", null, null, notice);
        int handed = handed(event, open.stream().filter(to));
        sent.increment(handed);
        return handed;
    }

    private static int handed(LiveEvent event, Stream<LiveReader> to) {
        return Math.toIntExact(to.filter(reader -> reader.offer(event)).count());
    }

    private void count(StreamEnd end) {
        Counter counter = ends.get(end);
        if (counter != null) {
            counter.increment();
        }
    }
}
