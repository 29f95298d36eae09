package org.citybrain.api.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code city-brain.api.changes.…}
 *
 * @param oldestCursor how long a cursor is good for: a phone that was away for longer begins anew (policy default). 7 days
 * @param mostLines how many lines of the city's timeline one answer goes on at most, 1 to 100,000. 5,000
 */
@ConfigurationProperties("city-brain.api.changes")
public record ChangeSettings(
        @DefaultValue("7d") Duration oldestCursor,
        @DefaultValue("5000") int mostLines) {

    private static final int HIGHEST_LINES = 100_000;

    public ChangeSettings {
        if (oldestCursor.isNegative() || oldestCursor.isZero()) {
            throw new IllegalArgumentException(
                    "city-brain.api.changes.oldest-cursor is " + oldestCursor + ": expected more than nothing");
        }
        if (mostLines < 1 || mostLines > HIGHEST_LINES) {
            throw new IllegalArgumentException(
                    "city-brain.api.changes.most-lines is " + mostLines + ": expected 1 to " + HIGHEST_LINES);
        }
    }
}
