package org.citybrain.messages;

import java.io.InputStream;
import java.util.List;

/** The JSON Schemas (2020-12) of the documents that policies are, by kind. */
public final class PolicySchema {

    public static final List<String> KINDS = List.of("grading", "routing", "correlation", "item-catalogue");

    private PolicySchema() {}

    /**
     * The schema of one of {@link #KINDS}, as JSON in UTF-8.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static InputStream open(String kind) {
        InputStream schema = KINDS.contains(kind)
                ? PolicySchema.class.getResourceAsStream("/schemas/policy/" + kind + ".schema.json")
                : null;
        if (schema == null) {
            throw new IllegalArgumentException(
                    "there is no policy of the kind '" + kind + "': expected one of " + KINDS);
        }
        return schema;
    }
}
