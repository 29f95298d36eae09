package org.citybrain.intake.admit;

import java.time.Instant;
import java.util.Optional;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;

/** Where units lie. Asked for the few reports that name a unit in the place of coordinates: such a call may wait for the database. */
public interface UnitPlaces {
    /** The unit's representative point in WGS-84; absent where there is no such unit at that moment. */
    Optional<Position> findPlace(UnitCode unit, Instant at);
}
