package org.citybrain.dispatch.command;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** A parked report of a month that was archived: there is no place for what would become of it. */
class InTheArchive extends RuntimeException {

    private static final long serialVersionUID = 1;

    InTheArchive(UUID id, Instant receivedAt) {
        super(
                "parked report %s was received in %tY-%<tm, which is in the archive: expected one of a later month; it can be discarded"
                        .formatted(id, receivedAt.atOffset(ZoneOffset.UTC)));
    }
}
