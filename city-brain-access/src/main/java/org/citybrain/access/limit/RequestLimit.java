package org.citybrain.access.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;

/** Requests a second: one limit for each person, gateway and, of the others, remote address. */
public final class RequestLimit {

    /** The name under which callers are told of it. */
    public static final String POLICY = "requests";

    private final LimitSettings settings;
    private final Clock clock;
    private final RateLimit limit;

    public RequestLimit(LimitSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.limit = new RateLimit(settings.mostCallers());
    }

    /** Takes one request of whoever sent it. */
    public Allowance take(HttpServletRequest request) {
        Caller caller = Caller.current(request);
        return limit.take(caller.key(), rate(caller), clock.instant());
    }

    private Rate rate(Caller caller) {
        Rate ofItsKind = switch (caller.kind()) {
            case PERSON -> settings.person().rate();
            case GATEWAY -> settings.gateway().rate();
            case ADDRESS -> settings.address().rate();
        };
        Rate own = caller.ownRate();
        return own != null && own.perSecond() < ofItsKind.perSecond() ? own : ofItsKind;
    }
}
