package org.citybrain.dispatch.policy.check;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that is wrong with a policy's document.
 *
 * @param path where: a JSON pointer into the document
 * @param value what was found there, shortened; absent where there is nothing
 * @param expected what would do
 */
public record Mistake(String path, @Nullable Object value, MistakeReason reason, String expected) {

    private static final int MOST_CHARACTERS = 200;

    static Mistake of(String path, @Nullable JsonNode found, MistakeReason reason, String expected) {
        return new Mistake(path, shown(found), reason, expected);
    }

    static Mistake missing(String path, String expected) {
        return new Mistake(path, null, MistakeReason.MISSING, expected);
    }

    private static @Nullable Object shown(@Nullable JsonNode found) {
        if (found == null || found.isMissingNode() || found.isNull()) {
            return null;
        }
        if (found.isObject()) {
            return "an object of " + found.size() + " fields";
        }
        if (found.isArray()) {
            return "a list of " + found.size();
        }
        if (found.isString()) {
            return shortened(found.asString());
        }
        if (found.isNumber() && found.isFloatingPointNumber() && !Double.isFinite(found.asDouble())) {
            return found.asString();
        }
        return found;
    }

    /** Text that may be hostile, as it can be answered and logged. */
    static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MOST_CHARACTERS)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(shown::appendCodePoint);
        return shown.length() < text.length() ? shown + "…" : shown.toString();
    }

    /** As a person reads it: {@code /axes/0/axis is "PEOPEL": expected one of …}. */
    @Override
    public String toString() {
        return (path.isEmpty() ? "the document" : path) + (value == null ? " is missing" : " is " + value)
                + ": expected " + expected + " (" + reason + ")";
    }
}
