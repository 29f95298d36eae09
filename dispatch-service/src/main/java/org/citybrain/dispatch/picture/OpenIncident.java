package org.citybrain.dispatch.picture;

import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * An open incident and where it is.
 *
 * @param number absent where it was opened in this batch: it has none yet
 * @param openedAt the moment whose day stands before the number
 * @param level absent for everyday matters
 * @param scope absent for all others
 */
record OpenIncident(
        UUID id,
        @Nullable Long number,
        Instant openedAt,
        String type,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        Position position) {}
