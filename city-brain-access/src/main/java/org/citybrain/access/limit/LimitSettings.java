package org.citybrain.access.limit;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code city-brain.access.limit.*}: what one caller may ask of one instance of a service (policy defaults).
 *
 * @param person requests a second of one account, and how many at once. 100, 200
 * @param gateway requests a second of one gateway's key, and how many at once. 1,000, 2,000
 * @param address requests a second of one remote address without a good token or key, and how many at once. 200, 400
 * @param mostCallers how many of each are remembered. 100,000
 * @param atOnce requests of one caller that are worked on at the same time. 128
 * @param inProgress memory for all requests that are worked on at the same time, each counted with what it may hold of its
 *     body, at most 1 MiB, and 64 KiB. 128 MiB
 * @param largestBody of any request, where its endpoint does not set less. 64 KiB
 * @param bodyPatience how long a body may take to arrive. 30 s
 * @param largerBodies paths that take more, such as files. None
 */
@ConfigurationProperties("city-brain.access.limit")
public record LimitSettings(
        @DefaultValue Person person,
        @DefaultValue Gateway gateway,
        @DefaultValue Address address,
        @DefaultValue("100000") int mostCallers,
        @DefaultValue("128") int atOnce,
        @DefaultValue("128MB") DataSize inProgress,
        @DefaultValue("64KB") DataSize largestBody,
        @DefaultValue("30s") Duration bodyPatience,
        @DefaultValue List<LargerBody> largerBodies) {

    public LimitSettings {
        largerBodies = List.copyOf(largerBodies);
    }

    /**
     * @param path exactly, as the request has it; with {@code /**} at its end, everything below it
     * @param largestBody of a request to it
     * @param patience how long that may take to arrive
     */
    public record LargerBody(String path, DataSize largestBody, Duration patience) {

        private static final String BELOW = "/**";

        boolean isFor(String requestPath) {
            return path.endsWith(BELOW)
                    ? requestPath.startsWith(path.substring(0, path.length() - BELOW.length() + 1))
                    : path.equals(requestPath);
        }
    }

    /** Far more than a page asks for when it is opened. */
    public record Person(
            @DefaultValue("100") int perSecond,
            @DefaultValue("200") int burst) {
        Rate rate() {
            return new Rate(perSecond, burst);
        }
    }

    public record Gateway(
            @DefaultValue("1000") int perSecond,
            @DefaultValue("2000") int burst) {
        Rate rate() {
            return new Rate(perSecond, burst);
        }
    }

    public record Address(
            @DefaultValue("200") int perSecond,
            @DefaultValue("400") int burst) {
        Rate rate() {
            return new Rate(perSecond, burst);
        }
    }
}
