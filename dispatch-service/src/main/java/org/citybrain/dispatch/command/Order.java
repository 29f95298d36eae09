package org.citybrain.dispatch.command;

import org.jspecify.annotations.Nullable;

/** What a person orders, as it came in a body: records in the packages that carry them out. */
public interface Order {

    /** Why, in the person's words. */
    @Nullable
    String reason();

    /**
     * By default a reason may be missing, and is text where it is there.
     *
     * @throws CommandRefused where it holds what cannot be
     */
    default void check() {
        OrderFields.optionalText("reason", reason());
    }

    /** The reason, which was checked; empty where none was given. */
    default String why() {
        String reason = reason();
        return reason == null ? "" : reason;
    }
}
