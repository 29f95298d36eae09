package org.citybrain.intake.admit;

import org.citybrain.messages.RejectionReason;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** JSON as the gate takes it: UTF-8 only, bounded in depth and in the length of names and numbers. */
public final class ReportJson {

    public static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .maxNameLength(256)
                    .build())
            .build();

    private ReportJson() {}

    public static JsonParser parser(byte[] bytes, int offset, int length) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /** What broke, and where in the text. */
    public static Rejection notJson(JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        String where = location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        String expected = failure instanceof StreamConstraintsException
                ? "at most 32 levels, names of at most 256 and numbers of at most 100 characters"
                : "valid JSON in UTF-8";
        return Rejection.of(
                RejectionReason.MALFORMED, "", "not readable" + where + ": " + failure.getOriginalMessage(), expected);
    }
}
