package org.citybrain.grid.ogc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;

/**
 * Where the next page begins. It holds the moment of the first page, so that all pages show one map, and its count, which is so
 * made only once.
 *
 * @param after the id of the last feature of the page before
 */
record PageCursor(Instant asked, long matched, String after) {

    String text() {
        String plain = asked.toEpochMilli() + " " + matched + " " + after;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RequestProblem {@code BAD_CURSOR} */
    static PageCursor read(String text) {
        if (text.length() <= 400) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 3);
                if (parts.length == 3
                        && parts[0].matches("[0-9]{1,15}")
                        && parts[1].matches("[0-9]{1,15}")
                        && parts[2].matches("[A-Za-z0-9._-]{1,128}")) {
                    Instant asked = Instant.ofEpochMilli(Long.parseLong(parts[0]));
                    if (asked.isBefore(Span.LATEST)) {
                        return new PageCursor(asked, Long.parseLong(parts[1]), parts[2]);
                    }
                }
            } catch (IllegalArgumentException noBase64) {
                // answered below
            }
        }
        throw new RequestProblem(
                ProblemReason.BAD_CURSOR, "cursor", text, "the one in the next link of an earlier page, unchanged");
    }
}
