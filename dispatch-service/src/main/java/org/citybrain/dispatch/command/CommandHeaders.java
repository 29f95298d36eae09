package org.citybrain.dispatch.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes with every command beside its body.
 *
 * @param key of the header {@code Idempotency-Key}: the same command again is sent with the same one
 * @param version of the header {@code If-Match}: the version of the incident, task or check-in that the person has decided on; absent where
 *     there is {@code afterKey}
 * @param afterKey of the header {@code After-Key}: the key of an earlier command of this person on the same incident, task or check-in; the
 *     version that it left is the one that this is decided on. So a queue can be filled without a network
 */
record CommandHeaders(
        String key, @Nullable Integer version, @Nullable String afterKey) {

    /** Printable ASCII, so that it can be written into any log. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

    /** @throws CommandRefused where one is missing or cannot be */
    static CommandHeaders read(@Nullable String key, @Nullable String ifMatch, @Nullable String afterKey) {
        String good = goodKey("Idempotency-Key", key);
        if (ifMatch == null && afterKey == null) {
            throw CommandRefused.noVersion();
        }
        if (ifMatch == null) {
            return new CommandHeaders(good, null, goodKey("After-Key", afterKey));
        }
        if (afterKey != null) {
            throw CommandRefused.badHeader("After-Key", afterKey, "either If-Match or After-Key");
        }
        Matcher version = ETAG.matcher(ifMatch.strip());
        if (!version.matches()) {
            throw CommandRefused.badHeader("If-Match", ifMatch, "one ETag of what the command is on, such as \"3\"");
        }
        return new CommandHeaders(good, Integer.valueOf(version.group(1)), null);
    }

    private static String goodKey(String header, @Nullable String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw CommandRefused.badHeader(header, key, "a UUID, or 1 to 128 printable characters without a space");
        }
        return key;
    }
}
