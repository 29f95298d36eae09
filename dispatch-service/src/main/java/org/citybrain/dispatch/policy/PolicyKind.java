package org.citybrain.dispatch.policy;

/** The kinds of policy, as the table dispatch.policy and the API name them. */
enum PolicyKind {
    GRADING("grading"),
    ROUTING("routing"),
    CORRELATION("correlation"),
    ITEM_CATALOGUE("item-catalogue");

    private final String key;

    PolicyKind(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
