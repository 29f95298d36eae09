package org.citybrain.dispatch.command.incident;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes with every command beside its body.
 *
 * @param key of the header {@code Idempotency-Key}: the same command again is sent with the same one
 * @param version of the header {@code If-Match}: the incident's version that the person has decided on
 */
record CommandHeaders(String key, int version) {

    /** Printable ASCII, so that it can be written into any log. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

    /** @throws CommandRefused where one is missing or cannot be */
    static CommandHeaders read(@Nullable String key, @Nullable String ifMatch) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw CommandRefused.badHeader(
                    "Idempotency-Key", key, "a UUID, or 1 to 128 printable characters without a space");
        }
        if (ifMatch == null) {
            throw CommandRefused.noVersion();
        }
        Matcher version = ETAG.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw CommandRefused.badHeader("If-Match", ifMatch, "one ETag of the incident, such as \"3\"");
        }
        return new CommandHeaders(key, Integer.parseInt(version.group(1)));
    }
}
