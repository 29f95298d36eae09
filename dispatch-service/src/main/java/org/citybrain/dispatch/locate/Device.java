package org.citybrain.dispatch.locate;

import java.time.Instant;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * A sensor or camera where it stands.
 *
 * @param until when it ends; absent where no end is planned
 */
public record Device(
        String id,
        String kind,
        String name,
        Position position,
        Instant from,
        @Nullable Instant until) {

    boolean holdsAt(Instant moment) {
        return !from.isAfter(moment) && (until == null || until.isAfter(moment));
    }
}
