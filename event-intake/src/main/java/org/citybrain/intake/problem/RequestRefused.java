package org.citybrain.intake.problem;

import org.citybrain.intake.admit.Rejection;

/** What an administrator asked for cannot be, such as the registration of a source. */
public final class RequestRefused extends RuntimeException {

    private final transient Rejection rejection;

    public RequestRefused(Rejection rejection) {
        super(rejection.detail());
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
