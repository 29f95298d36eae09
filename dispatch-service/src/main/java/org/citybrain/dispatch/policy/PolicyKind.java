package org.citybrain.dispatch.policy;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of policy, as the table dispatch.policy and the API name them. */
public enum PolicyKind {
    GRADING("grading", true),
    ROUTING("routing", true),
    CORRELATION("correlation", true),
    /** Not rehearsed: what a type's defaults would have changed cannot be told from what was reported of other types. */
    ITEM_CATALOGUE("item-catalogue", false);

    private final String key;
    private final boolean rehearsed;

    PolicyKind(String key, boolean rehearsed) {
        this.key = key;
        this.rehearsed = rehearsed;
    }

    public String key() {
        return key;
    }

    /** Whether a finished rehearsal comes before the approval. */
    public boolean isRehearsed() {
        return rehearsed;
    }

    public static Optional<PolicyKind> find(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}
