package org.citybrain.access.limit;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.springframework.http.HttpHeaders;

/**
 * What is left of a caller's {@link Rate} at one moment.
 *
 * @param rate of which this is left
 * @param granted whether what was asked for may go on
 * @param remaining how many more may come at once
 * @param untilNext until at least one more may come; zero if it may now
 * @param untilFull until the whole burst may come again
 */
public record Allowance(Rate rate, boolean granted, long remaining, Duration untilNext, Duration untilFull) {

    /**
     * Tells it in the headers of draft-ietf-httpapi-ratelimit-headers.
     *
     * @param policy what is counted: {@code requests}, {@code reports}
     * @param addHeader takes a name and a value
     */
    public void tell(String policy, BiConsumer<String, String> addHeader) {
        addHeader.accept(
                "RateLimit-Policy",
                '"' + policy + "\";q=" + rate.burst() + ";w=" + Math.max(1, seconds(rate.window())));
        addHeader.accept("RateLimit", '"' + policy + "\";r=" + remaining + ";t=" + seconds(untilFull));
    }

    /** The same to whoever was refused, who is also told when to come again. */
    public void tellRefused(String policy, BiConsumer<String, String> addHeader) {
        tell(policy, addHeader);
        addHeader.accept(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds(untilNext))));
    }

    /** Rounded up: whoever waits that long is not too early. */
    private static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }
}
