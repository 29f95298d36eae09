package org.citybrain.dispatch.command.task;

import java.time.Instant;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.dispatch.command.OrderFields;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is on the spot.
 *
 * @param location where, in the datum that it names
 * @param at when; absent: when the command comes in. A phone without a network sends it later
 */
record Arrive(
        @Nullable String reason,
        @Nullable PlaceAsGiven location,
        @Nullable Instant at) implements Order {

    @Override
    public void check() {
        OrderFields.optionalText("reason", reason);
        place();
    }

    PlaceAsGiven place() {
        String expected = "longitude and latitude in degrees, and the datum (WGS84, CGCS2000, GCJ02, BD09)";
        if (location == null || location.datum() == null) {
            throw CommandRefused.badBody("location", location == null ? "missing" : "without a datum", expected);
        }
        if (!(Math.abs(location.longitude()) <= 180 && Math.abs(location.latitude()) <= 90)) {
            throw CommandRefused.badBody("location", location.longitude() + ", " + location.latitude(), expected);
        }
        return location;
    }
}
