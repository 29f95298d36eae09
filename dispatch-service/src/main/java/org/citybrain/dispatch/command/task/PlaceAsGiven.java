package org.citybrain.dispatch.command.task;

import static java.util.Objects.requireNonNull;

import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/** Where somebody says they are, in degrees, in the datum that they name; an order without one is refused. */
record PlaceAsGiven(
        double longitude, double latitude, @Nullable Datum datum) {

    Position toWgs84() {
        return requireNonNull(datum).toWgs84(longitude, latitude);
    }
}
