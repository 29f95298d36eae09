package org.citybrain.api.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.stream.…} (policy defaults)
 *
 * @param interval how long to wait before the timeline is read again. 100 ms
 * @param heartbeat how long a stream is silent before it says that it is alive. 15 s
 * @param queue how many events may wait for one reader, 1 to 100,000; who falls further behind is cut off: one batch of new incidents makes some thousands at once. 10,000
 * @param ofPerson how many streams one account may have open at one instance. 8
 * @param readers how many streams one instance serves; each counts with 64 KiB among the requests in progress. 1,000
 * @param mostMissed how many lines of the city's timeline a reader who comes back may have missed; beyond them they are told to read
 *     their lists anew. 20,000
 */
@ConfigurationProperties("city-brain.api.stream")
record StreamSettings(
        @DefaultValue("100ms") Duration interval,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("10000") int queue,
        @DefaultValue("8") int ofPerson,
        @DefaultValue("1000") int readers,
        @DefaultValue("20000") int mostMissed) {

    private static final int LARGEST_QUEUE = 100_000;

    StreamSettings {
        atLeastOne("interval", interval.toMillis());
        atLeastOne("heartbeat", heartbeat.toMillis());
        atLeastOne("queue", queue);
        atLeastOne("of-person", ofPerson);
        atLeastOne("readers", readers);
        atLeastOne("most-missed", mostMissed);
        if (queue > LARGEST_QUEUE) {
            throw new IllegalArgumentException(
                    "city-brain.api.stream.queue is " + queue + ": expected at most " + LARGEST_QUEUE);
        }
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("city-brain.api.stream." + name + " is " + value + ": expected more");
        }
    }
}
