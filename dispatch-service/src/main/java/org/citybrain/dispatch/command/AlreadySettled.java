package org.citybrain.dispatch.command;

import java.util.UUID;

/** A parked report that has been retried or discarded already. */
class AlreadySettled extends RuntimeException {

    private static final long serialVersionUID = 1;

    AlreadySettled(UUID id) {
        super("parked report " + id + " has been retried or discarded already: expected one that is PARKED");
    }
}
