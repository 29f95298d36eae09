package org.citybrain.dispatch.policy.check;

/** JSON pointers (RFC 6901). */
final class Pointer {

    private Pointer() {}

    static String escape(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }
}
