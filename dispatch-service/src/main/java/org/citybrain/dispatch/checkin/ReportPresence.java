package org.citybrain.dispatch.checkin;

import java.time.Instant;
import java.util.Objects;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.dispatch.command.Order;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * A department says that it is there.
 *
 * @param at by the clock of whoever says it; absent: when it comes in
 */
record ReportPresence(@Nullable Place location, @Nullable Instant at) implements Order {

    @Override
    public @Nullable String reason() {
        return null;
    }

    @Override
    public void check() {
        if (location == null) {
            throw CommandRefused.badBody("location", "missing", "where you are: longitude, latitude, datum");
        }
        location.check();
    }

    /** In WGS-84. */
    Position position() {
        return Objects.requireNonNull(location).toWgs84();
    }

    /** As it was said. */
    record Place(
            @Nullable Double longitude,
            @Nullable Double latitude,
            @Nullable Datum datum) {

        private static final double MOST_LONGITUDE = 180;
        private static final double MOST_LATITUDE = 85;

        void check() {
            checkDegrees("longitude", longitude, MOST_LONGITUDE);
            checkDegrees("latitude", latitude, MOST_LATITUDE);
            if (datum == null) {
                throw CommandRefused.badBody(
                        "datum", "missing", "one of WGS84, CGCS2000, GCJ02, BD09: there is no default");
            }
        }

        Position toWgs84() {
            return Objects.requireNonNull(datum)
                    .toWgs84(Objects.requireNonNull(longitude), Objects.requireNonNull(latitude));
        }

        private static void checkDegrees(String field, @Nullable Double degrees, double most) {
            if (degrees == null || !(Math.abs(degrees) <= most)) {
                throw CommandRefused.badBody(
                        field,
                        degrees == null ? "missing" : degrees.toString(),
                        "degrees from -" + most + " to " + most);
            }
        }
    }
}
