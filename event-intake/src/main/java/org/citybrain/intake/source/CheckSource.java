package org.citybrain.intake.source;

import static org.citybrain.messages.RejectionReason.BAD_DATUM;
import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;
import static org.citybrain.messages.RejectionReason.MISSING_VALUE;
import static org.citybrain.messages.RejectionReason.UNKNOWN_TYPE;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.citybrain.intake.admit.AdmissionProfile;
import org.citybrain.intake.admit.Rejection;
import org.citybrain.intake.problem.RequestRefused;
import org.citybrain.messages.Datum;
import org.citybrain.messages.RejectionReason;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;

/** Checks what a source is to be registered with. */
final class CheckSource {

    private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(2);
    private static final Duration LARGEST_TOLERANCE = Duration.ofHours(24);
    private static final int DEFAULT_RATE = 1_000;
    private static final int LARGEST_RATE = 1_000_000;
    private static final int MOST_UNITS = 1_000;

    private static final String NOT_IN_A_PATH = "/\\;%?#";

    private final Set<String> knownTypes;
    private final UnaryOperator<List<UnitCode>> findUnknown;

    /** @param findUnknown tells which of some units the map does not know */
    CheckSource(Set<String> knownTypes, UnaryOperator<List<UnitCode>> findUnknown) {
        this.knownTypes = knownTypes;
        this.findUnknown = findUnknown;
    }

    /** @throws RequestRefused at the first thing that is wrong */
    AdmissionProfile check(SourceBody body) {
        return new AdmissionProfile(
                types(body.types()),
                datums(body.datums()),
                units(body.unitCodes()),
                tolerance(body.clockTolerance()),
                rate(body.reportsPerSecond()));
    }

    /** Fit to be a key, a header and a part of a path. */
    static String checkId(String id) {
        if (id.isBlank()
                || id.length() > 128
                || id.chars().anyMatch(c -> Character.isISOControl(c) || NOT_IN_A_PATH.indexOf(c) >= 0)) {
            throw refused(
                    IMPOSSIBLE_VALUE,
                    "sourceId",
                    id,
                    "an id of 1 to 128 characters, no control characters and none of " + NOT_IN_A_PATH);
        }
        return id;
    }

    static String checkDescription(@Nullable String description) {
        if (description == null) {
            return "";
        }
        if (description.length() > 1_000 || description.indexOf('\0') >= 0) {
            throw refused(IMPOSSIBLE_VALUE, "/description", description, "at most 1,000 characters, none of them NUL");
        }
        return description;
    }

    private Set<String> types(@Nullable List<@Nullable String> types) {
        Set<String> checked = new LinkedHashSet<>();
        for (String type : given("/types", types, "codes of the item catalogue; an empty list means none")) {
            if (!knownTypes.contains(type)) {
                throw refused(UNKNOWN_TYPE, "/types/" + checked.size(), type, "a code of the item catalogue");
            }
            checked.add(type);
        }
        return checked;
    }

    private static Set<Datum> datums(@Nullable List<@Nullable String> datums) {
        String expected = "at least one of " + List.of(Datum.values());
        Set<Datum> checked = EnumSet.noneOf(Datum.class);
        for (String datum : given("/datums", datums, expected)) {
            try {
                checked.add(Datum.valueOf(datum));
            } catch (IllegalArgumentException unknown) {
                throw refused(BAD_DATUM, "/datums", datum, expected);
            }
        }
        if (checked.isEmpty()) {
            throw refused(BAD_DATUM, "/datums", "empty", expected);
        }
        return checked;
    }

    private List<UnitCode> units(@Nullable List<@Nullable String> codes) {
        List<UnitCode> checked = new ArrayList<>();
        for (String code : given("/unitCodes", codes, "at least one unit code")) {
            checked.add(UnitCode.find(code)
                    .orElseThrow(() -> refused(
                            IMPOSSIBLE_VALUE,
                            "/unitCodes/" + checked.size(),
                            code,
                            "a unit code of 2, 6, 9, 12, 15 or 17 digits")));
        }
        if (checked.isEmpty() || checked.size() > MOST_UNITS) {
            throw refused(IMPOSSIBLE_VALUE, "/unitCodes", checked.size() + " codes", "1 to " + MOST_UNITS + " codes");
        }
        for (UnitCode unknown : findUnknown.apply(checked)) {
            throw refused(
                    IMPOSSIBLE_VALUE,
                    "/unitCodes/" + checked.indexOf(unknown),
                    unknown,
                    "a unit of the governance map as it is now");
        }
        return checked;
    }

    private static Duration tolerance(@Nullable String text) {
        if (text == null) {
            return DEFAULT_TOLERANCE;
        }
        try {
            Duration tolerance = Duration.parse(text);
            if (!tolerance.isNegative() && tolerance.compareTo(LARGEST_TOLERANCE) <= 0) {
                return tolerance;
            }
        } catch (DateTimeParseException notADuration) {
            // refused below
        }
        throw refused(
                IMPOSSIBLE_VALUE, "/clockTolerance", text, "an ISO-8601 duration from PT0S to PT24H, such as PT2M");
    }

    private static int rate(@Nullable Integer perSecond) {
        if (perSecond == null) {
            return DEFAULT_RATE;
        }
        if (perSecond < 1 || perSecond > LARGEST_RATE) {
            throw refused(IMPOSSIBLE_VALUE, "/reportsPerSecond", perSecond, "1 to " + LARGEST_RATE);
        }
        return perSecond;
    }

    private static List<String> given(String pointer, @Nullable List<@Nullable String> values, String expected) {
        if (values == null) {
            throw refused(MISSING_VALUE, pointer, null, expected);
        }
        List<String> given = new ArrayList<>();
        for (String value : values) {
            if (value == null) {
                throw refused(MISSING_VALUE, pointer + "/" + given.size(), null, expected);
            }
            given.add(value);
        }
        return given;
    }

    private static RequestRefused refused(
            RejectionReason reason, String pointer, @Nullable Object value, String expected) {
        return new RequestRefused(Rejection.of(reason, pointer, value, expected));
    }
}
