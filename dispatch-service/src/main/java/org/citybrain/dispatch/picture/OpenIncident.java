package org.citybrain.dispatch.picture;

import java.util.UUID;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * An open incident and where it is.
 *
 * @param number absent where it was opened in this batch: it has none yet
 * @param level absent for everyday matters
 * @param scope absent for all others
 */
record OpenIncident(
        UUID id,
        @Nullable String number,
        String type,
        @Nullable Level level,
        @Nullable HandlingScope scope,
        Position position) {}
