package org.citybrain.intake.admit;

import org.citybrain.messages.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Ends the judging of one report at the first thing that is wrong. Never leaves this package; costs no stack trace. */
final class Refusal extends RuntimeException {

    private final transient Rejection rejection;

    Refusal(RejectionReason reason, String pointer, @Nullable Object value, String expected) {
        this(Rejection.of(reason, pointer, value, expected));
    }

    Refusal(Rejection rejection) {
        super(null, null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
