package org.citybrain.dispatch.rehearse;

/** A person has cancelled the rehearsal, or the service ends. */
final class RehearsalCancelled extends RuntimeException {

    private static final long serialVersionUID = 1;

    RehearsalCancelled() {
        super("cancelled", null, false, false);
    }
}
