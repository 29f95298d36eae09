package org.citybrain.dispatch.command;

import org.jspecify.annotations.Nullable;

/** The body of a command that needs a reason, and nothing else. */
public record MustSayWhy(@Nullable String reason) implements Order {

    @Override
    public void check() {
        OrderFields.reason(reason);
    }
}
