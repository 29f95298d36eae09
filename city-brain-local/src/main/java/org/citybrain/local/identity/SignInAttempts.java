package org.citybrain.local.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.authentication.LockedException;
import org.springframework.stereotype.Component;

/**
 * Bounds guessing: after {@link #ALLOWED} attempts in a row that failed, a name must wait {@link #WAIT} before each further
 * one, right or wrong. An attempt counts when it begins, so that many at once count as many. Kept in memory, for the names
 * tried last; a name that nobody has is treated like the others.
 */
@Component
class SignInAttempts {

    static final int ALLOWED = 5;
    static final Duration WAIT = Duration.ofMinutes(1);
    private static final int MOST_NAMES = 10_000;

    private final Clock clock;
    /** The name tried last comes last. */
    private final Map<String, Attempts> byName = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
            return size() > MOST_NAMES;
        }
    };

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    private record Attempts(int count, Instant last) {}

    /** @throws LockedException when this name must wait */
    synchronized void begin(String name) {
        Instant now = clock.instant();
        Attempts before = byName.getOrDefault(name, new Attempts(0, Instant.EPOCH));
        if (before.count() >= ALLOWED && now.isBefore(before.last().plus(WAIT))) {
            throw new LockedException("Too many attempts: wait a minute, then try again");
        }
        byName.remove(name);
        byName.put(name, new Attempts(before.count() + 1, now));
    }

    synchronized void succeed(String name) {
        byName.remove(name);
    }
}
