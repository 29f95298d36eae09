package org.citybrain.dispatch.correlate;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.citybrain.dispatch.locate.OnDuty;

/** The number by which people name an incident: the day in the city's zone and the number, {@code 20261123-000017}. As {@code dispatch.readable_number}. */
public final class IncidentNumber {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(OnDuty.CITY_ZONE);

    private static final int DIGITS = 6;

    private IncidentNumber() {}

    public static String readable(Instant openedAt, long number) {
        String digits = Long.toString(number);
        return DAY.format(openedAt) + "-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }
}
