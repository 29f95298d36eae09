package org.citybrain.dispatch.command.incident;

import org.citybrain.dispatch.command.CommandCase;
import org.citybrain.dispatch.command.CommandRefused;
import org.citybrain.messages.Level;

/** Whoever ends an incident of level I or II, by rule or by a person's word, is somebody of the city. */
final class CityOnly {

    private CityOnly() {}

    static void requireForGravest(CommandCase<?> command) {
        Level level = command.before().state().level();
        if ((level == Level.I || level == Level.II) && !command.person().isCityWide()) {
            throw CommandRefused.forbidden(
                    "CITY_ONLY",
                    "an incident of level " + level + " is the city's to end",
                    String.valueOf(command.person().unit()),
                    "somebody of the city");
        }
    }
}
