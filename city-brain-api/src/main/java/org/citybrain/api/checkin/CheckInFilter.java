package org.citybrain.api.checkin;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.citybrain.api.request.QueryParameters;
import org.citybrain.messages.CheckInStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which check-ins are wanted. An empty set and a null restrict nothing.
 *
 * @param mine a department's: its own; another's: those that they have whistled for, or may rate in the same role and unit
 * @param before the last one of the page before
 */
record CheckInFilter(
        Set<CheckInStatus> statuses,
        @Nullable UUID incidentId,
        @Nullable String department,
        boolean mine,
        @Nullable Place before,
        int limit) {

    private static final int LONGEST_DEPARTMENT = 64;

    static CheckInFilter read(QueryParameters parameters) {
        CheckInFilter filter = new CheckInFilter(
                statuses(parameters),
                parameters.uuid("incident"),
                parameters.value("department", CheckInFilter::department, "a department's code, 1 to 64 characters"),
                Boolean.TRUE.equals(parameters.value("mine", CheckInFilter::flag, "true or false")),
                parameters.cursor(Place::parse),
                parameters.limit());
        parameters.refuseUnknown();
        return filter;
    }

    private static Set<CheckInStatus> statuses(QueryParameters parameters) {
        Set<Set<CheckInStatus>> wanted = parameters.set(
                "status",
                text -> text.equals("OPEN")
                        ? EnumSet.of(CheckInStatus.SUMMONED, CheckInStatus.CHECKED_IN, CheckInStatus.SERVED)
                        : EnumSet.of(CheckInStatus.valueOf(text)),
                "OPEN or one of " + QueryParameters.constants(CheckInStatus.class));
        Set<CheckInStatus> statuses = EnumSet.noneOf(CheckInStatus.class);
        wanted.forEach(statuses::addAll);
        return statuses;
    }

    private static String department(String text) {
        if (text.isBlank() || text.length() > LONGEST_DEPARTMENT || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("1 to 64 characters");
        }
        return text;
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    /** Where a check-in stands in the order of the list. */
    record Place(Instant whistledAt, UUID id) {

        static Place parse(String key) {
            String[] parts = key.split("/", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a time and an id");
            }
            return new Place(Instant.parse(parts[0]), QueryParameters.parseUuid(parts[1]));
        }
    }
}
