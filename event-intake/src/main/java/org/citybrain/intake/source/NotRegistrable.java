package org.citybrain.intake.source;

import org.citybrain.intake.admit.Rejection;

/** A source cannot be registered like this. */
final class NotRegistrable extends RuntimeException {

    private final transient Rejection rejection;

    NotRegistrable(Rejection rejection) {
        super(rejection.detail());
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
