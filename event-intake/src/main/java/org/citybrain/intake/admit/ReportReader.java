package org.citybrain.intake.admit;

import static java.util.Objects.requireNonNull;
import static org.citybrain.messages.RejectionReason.BAD_DATUM;
import static org.citybrain.messages.RejectionReason.IMAGE_INSTEAD_OF_FEATURES;
import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;
import static org.citybrain.messages.RejectionReason.MALFORMED;
import static org.citybrain.messages.RejectionReason.UNKNOWN_FIELD;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one report straight from JSON tokens, without a tree in between, and checks every value that can be checked by
 * itself. It keeps the first thing that is wrong, but reads on, because the refusal should name the report.
 */
public final class ReportReader {

    /** Metres; policy default. */
    static final double LARGEST_RADIUS_METERS = 100_000;

    private static final int MOST_VERTICES = 10_000;
    private static final int DEEPEST_COORDINATES = 4;
    private static final int MOST_FEATURES = 200;
    private static final int MOST_EVIDENCE = 50;
    private static final long MOST_PEOPLE = 100_000_000L;
    private static final long MOST_YUAN = 1_000_000_000_000_000L;

    /** People will open what they are shown: nothing but what a browser fetches, neither scripts nor files of its machine. */
    private static final Set<String> LINK_SCHEMES = Set.of("http", "https");

    /** As city-brain-api answers it for what was sent to {@code /v1/evidence}. */
    private static final Pattern STORED_HERE = Pattern.compile("citybrain:evidence/[0-9a-f]{64}");

    private static final String A_REPORT = "a report: a JSON object with source, type, occurredAt and location";
    private static final String A_SOURCE = "an object with kind and id";
    private static final String A_LOCATION = "an object with longitude, latitude and datum";
    private static final String A_UNIT_CODE = "the code of a governance unit, such as 500112001003";
    private static final String A_FOOTPRINT =
            "{\"radiusMeters\": n}, n from above 0 to 100,000, or a GeoJSON Polygon or MultiPolygon";
    private static final String COORDINATES = "GeoJSON coordinates: arrays of [longitude, latitude]";
    private static final String KINDS = "one of SENSOR, GRID_WORKER, OPERATOR, CITIZEN, SYSTEM";
    private static final String DATUMS = "one of WGS84, CGCS2000, GCJ02, BD09; there is no default";

    private final JsonValues values;
    private @Nullable UUID reportId;
    private int vertices;

    private ReportReader(JsonParser json) {
        this.values = new JsonValues(json);
    }

    /** Reads bytes that must hold one report and nothing else. */
    public static ReportReading read(byte[] bytes, int offset, int length) {
        try (JsonParser json = ReportJson.parser(bytes, offset, length)) {
            if (json.nextToken() == null) {
                return ReportReading.refused(Rejection.of(MALFORMED, "", "empty", A_REPORT));
            }
            ReportReading reading = readCurrent(json);
            if (reading.rejection() == null && json.nextToken() != null) {
                Rejection more = Rejection.of(MALFORMED, "", "followed by more", "one report and nothing after it");
                return new ReportReading(null, more, reading.reportId());
            }
            return reading;
        } catch (JacksonException notJson) {
            return ReportReading.refused(ReportJson.notJson(notJson));
        }
    }

    /** Reads the value under the parser, to its end. Where it is not even JSON, the parser cannot be used any further. */
    public static ReportReading readCurrent(JsonParser json) {
        var reader = new ReportReader(json);
        Rejection rejection;
        try {
            Report report = reader.report();
            rejection = reader.values.rejection();
            if (rejection == null) {
                return ReportReading.of(requireNonNull(report));
            }
        } catch (JacksonException notJson) {
            rejection = reader.values.rejection() == null ? ReportJson.notJson(notJson) : reader.values.rejection();
        }
        return new ReportReading(null, rejection, reader.reportId);
    }

    private @Nullable Report report() {
        if (!values.startsObject(A_REPORT)) {
            values.missing("source", A_REPORT);
            return null;
        }
        Report.Source source = null;
        String type = null;
        Instant occurredAt = null;
        Report.Location location = null;
        Report.Footprint footprint = null;
        Long peopleAffected = null;
        Report.Casualties casualties = null;
        Long directLossYuan = null;
        String description = null;
        List<Report.Feature> features = null;
        List<Report.Evidence> evidence = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "reportId" -> {
                    seen = values.once(seen, 0);
                    reportId = values.uuid();
                }
                case "source" -> {
                    seen = values.once(seen, 1);
                    source = source();
                }
                case "type" -> {
                    seen = values.once(seen, 2);
                    type = values.name(64, "the code of an incident type");
                }
                case "occurredAt" -> {
                    seen = values.once(seen, 3);
                    occurredAt = values.instant();
                }
                case "location" -> {
                    seen = values.once(seen, 4);
                    location = location();
                }
                case "footprint" -> {
                    seen = values.once(seen, 5);
                    footprint = footprint();
                }
                case "peopleAffected" -> {
                    seen = values.once(seen, 6);
                    peopleAffected = values.count(MOST_PEOPLE);
                }
                case "casualties" -> {
                    seen = values.once(seen, 7);
                    casualties = casualties();
                }
                case "directLossYuan" -> {
                    seen = values.once(seen, 8);
                    directLossYuan = values.count(MOST_YUAN);
                }
                case "description" -> {
                    seen = values.once(seen, 9);
                    description = text(4_000, "a text");
                }
                case "features" -> {
                    seen = values.once(seen, 10);
                    features = list(MOST_FEATURES, "features", this::feature);
                }
                case "evidence" -> {
                    seen = values.once(seen, 11);
                    evidence = list(MOST_EVIDENCE, "pieces of evidence", this::evidence);
                }
                default ->
                    unknownField(
                            field,
                            "one of reportId, source, type, occurredAt, location, footprint, peopleAffected, casualties,"
                                    + " directLossYuan, description, features, evidence");
            }
        }
        require(source, "source", A_SOURCE);
        require(type, "type", "the code of an incident type");
        require(occurredAt, "occurredAt", "an ISO-8601 time");
        require(location, "location", A_LOCATION);
        return values.rejection() != null
                ? null
                : new Report(
                        reportId,
                        requireNonNull(source),
                        requireNonNull(type),
                        requireNonNull(occurredAt),
                        requireNonNull(location),
                        footprint,
                        peopleAffected,
                        casualties,
                        directLossYuan,
                        description,
                        features,
                        evidence);
    }

    private Report.@Nullable Source source() {
        if (!values.startsObject(A_SOURCE)) {
            return null;
        }
        SourceKind kind = null;
        String id = null;
        String device = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "kind" -> {
                    seen = values.once(seen, 0);
                    kind = values.constant(SourceKind.class, IMPOSSIBLE_VALUE, KINDS);
                }
                case "id" -> {
                    seen = values.once(seen, 1);
                    id = values.name(128, "a gateway's id or an account name");
                }
                case "device" -> {
                    seen = values.once(seen, 2);
                    device = values.name(128, "a device's id");
                }
                default -> unknownField(field, "one of kind, id, device");
            }
        }
        require(kind, "kind", KINDS);
        require(id, "id", "a gateway's id or an account name");
        return kind == null || id == null ? null : new Report.Source(kind, id, device);
    }

    private Report.@Nullable Location location() {
        if (!values.startsObject(A_LOCATION)) {
            return null;
        }
        Double longitude = null;
        Double latitude = null;
        Datum datum = null;
        UnitCode unitCode = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "longitude" -> {
                    seen = values.once(seen, 0);
                    longitude = values.number(-180, 180, "degrees from -180 to 180");
                }
                case "latitude" -> {
                    seen = values.once(seen, 1);
                    latitude = values.number(-90, 90, "degrees from -90 to 90");
                }
                case "datum" -> {
                    seen = values.once(seen, 2);
                    datum = values.constant(Datum.class, BAD_DATUM, DATUMS);
                }
                case "unitCode" -> {
                    seen = values.once(seen, 3);
                    unitCode = unitCode();
                }
                default -> unknownField(field, "one of longitude, latitude, datum, unitCode");
            }
        }
        if (unitCode != null) {
            if (longitude != null || latitude != null || datum != null) {
                values.reject(
                        IMPOSSIBLE_VALUE,
                        "both a unit's code and coordinates",
                        "unitCode alone, or longitude, latitude and datum");
            }
            return new Report.Location(null, null, null, unitCode);
        }
        require(longitude, "longitude", "degrees from -180 to 180");
        require(latitude, "latitude", "degrees from -90 to 90");
        if (datum == null) {
            values.missing(BAD_DATUM, "datum", DATUMS);
        }
        return longitude == null || latitude == null || datum == null
                ? null
                : new Report.Location(longitude, latitude, datum);
    }

    private @Nullable UnitCode unitCode() {
        String digits = values.name(17, A_UNIT_CODE);
        if (digits == null) {
            return null;
        }
        Optional<UnitCode> code = UnitCode.find(digits);
        if (code.isEmpty()) {
            values.reject(IMPOSSIBLE_VALUE, JsonValues.quoted(digits), A_UNIT_CODE);
        }
        return code.orElse(null);
    }

    private Report.@Nullable Footprint footprint() {
        if (!values.startsObject(A_FOOTPRINT)) {
            return null;
        }
        Double radiusMeters = null;
        String type = null;
        ArrayNode coordinates = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "radiusMeters" -> {
                    seen = values.once(seen, 0);
                    radiusMeters =
                            values.number(Double.MIN_VALUE, LARGEST_RADIUS_METERS, "above 0, up to 100,000 metres");
                }
                case "type" -> {
                    seen = values.once(seen, 1);
                    type = values.string(64, "Polygon or MultiPolygon");
                    if (type != null && !type.equals("Polygon") && !type.equals("MultiPolygon")) {
                        values.reject(IMPOSSIBLE_VALUE, JsonValues.quoted(type), "Polygon or MultiPolygon");
                    }
                }
                case "coordinates" -> {
                    seen = values.once(seen, 2);
                    coordinates = values.startsArray(COORDINATES) ? coordinates(1) : null;
                }
                default -> unknownField(field, "radiusMeters, or type and coordinates");
            }
        }
        if (radiusMeters == null) {
            require(type, "type", A_FOOTPRINT);
            require(coordinates, "coordinates", A_FOOTPRINT);
        } else if (type != null || coordinates != null) {
            values.reject(IMPOSSIBLE_VALUE, "both a radius and a geometry", A_FOOTPRINT);
        }
        return new Report.Footprint(radiusMeters, type, coordinates);
    }

    private ArrayNode coordinates(int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        boolean isPosition = false;
        while (values.nextElement()) {
            if (values.isArray() && depth < DEEPEST_COORDINATES) {
                array.add(coordinates(depth + 1));
            } else if (values.isNumber()) {
                isPosition = true;
                Double number = values.number(-Double.MAX_VALUE, Double.MAX_VALUE, "a number");
                if (number != null) {
                    array.add(number.doubleValue());
                }
            } else {
                values.malformed(COORDINATES);
            }
        }
        if (isPosition && ++vertices == MOST_VERTICES + 1) {
            values.reject(IMPOSSIBLE_VALUE, "more than 10,000 positions", "at most 10,000 positions");
        }
        return array;
    }

    private Report.@Nullable Casualties casualties() {
        if (!values.startsObject("an object with deaths and seriousInjuries")) {
            return null;
        }
        Long deaths = null;
        Long seriousInjuries = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "deaths" -> {
                    seen = values.once(seen, 0);
                    deaths = values.count(MOST_PEOPLE);
                }
                case "seriousInjuries" -> {
                    seen = values.once(seen, 1);
                    seriousInjuries = values.count(MOST_PEOPLE);
                }
                default -> unknownField(field, "deaths or seriousInjuries");
            }
        }
        return new Report.Casualties(deaths, seriousInjuries);
    }

    private Report.@Nullable Feature feature() {
        if (!values.startsObject("an object with class, count, confidence and model")) {
            return null;
        }
        String kind = null;
        Long count = null;
        Double confidence = null;
        String model = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "class" -> {
                    seen = values.once(seen, 0);
                    kind = text(64, "a class of things");
                }
                case "count" -> {
                    seen = values.once(seen, 1);
                    count = values.count(MOST_PEOPLE);
                }
                case "confidence" -> {
                    seen = values.once(seen, 2);
                    confidence = values.number(0, 1, "a number from 0 to 1");
                }
                case "model" -> {
                    seen = values.once(seen, 3);
                    model = text(128, "a model's version");
                }
                default -> unknownField(field, "one of class, count, confidence, model");
            }
        }
        require(kind, "class", "a class of things");
        return kind == null ? null : new Report.Feature(kind, count, confidence, model);
    }

    private Report.@Nullable Evidence evidence() {
        if (!values.startsObject("an object with uri, mediaType and sha256")) {
            return null;
        }
        String uri = null;
        String mediaType = null;
        String sha256 = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "uri" -> {
                    seen = values.once(seen, 0);
                    uri = link();
                }
                case "mediaType" -> {
                    seen = values.once(seen, 1);
                    mediaType = values.name(128, "a media type");
                }
                case "sha256" -> {
                    seen = values.once(seen, 2);
                    sha256 = sha256();
                }
                default -> unknownField(field, "one of uri, mediaType, sha256");
            }
        }
        require(uri, "uri", "a link");
        return uri == null ? null : new Report.Evidence(uri, mediaType, sha256);
    }

    private <T> @Nullable List<T> list(int most, String what, Supplier<@Nullable T> read) {
        if (!values.startsArray("an array of " + what)) {
            return null;
        }
        List<T> list = new ArrayList<>();
        while (values.nextElement()) {
            T element = read.get();
            if (element != null) {
                list.add(element);
            } else {
                values.reject(MALFORMED, "null", "no null among the " + what);
            }
        }
        if (list.size() > most) {
            values.reject(IMPOSSIBLE_VALUE, list.size() + " " + what, "at most " + most);
        }
        return list;
    }

    private void require(@Nullable Object value, String field, String expected) {
        if (value == null) {
            values.missing(field, expected);
        }
    }

    private void unknownField(String name, String expected) {
        if (Pictures.isField(name)) {
            values.reject(IMAGE_INSTEAD_OF_FEATURES, "a picture", "features: class, count, confidence, model");
        } else {
            values.reject(UNKNOWN_FIELD, "no known field", expected);
        }
        values.skip();
    }

    /** A text that is no picture in disguise. */
    private @Nullable String text(int mostCharacters, String expected) {
        String text = values.anyString();
        if (text != null && Pictures.isText(text)) {
            values.reject(
                    IMAGE_INSTEAD_OF_FEATURES,
                    JsonValues.quoted(text),
                    "features: class, count, confidence, model; pictures are linked as evidence");
            return null;
        }
        return values.string(mostCharacters, expected);
    }

    private @Nullable String link() {
        String expected =
                "a link that begins with https:// or http:// and a host, or the uri of evidence that was stored here";
        String link = text(2_048, expected);
        if (link == null || STORED_HERE.matcher(link).matches()) {
            return link;
        }
        try {
            var uri = new URI(link);
            if (uri.isAbsolute()
                    && uri.getHost() != null
                    && LINK_SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
                return link;
            }
        } catch (URISyntaxException notALink) {
            // rejected below
        }
        values.reject(IMPOSSIBLE_VALUE, JsonValues.quoted(link), expected);
        return null;
    }

    private @Nullable String sha256() {
        String expected = "64 hexadecimal digits";
        String digest = values.string(64, expected);
        if (digest != null && !(digest.length() == 64 && digest.chars().allMatch(HexFormat::isHexDigit))) {
            values.reject(IMPOSSIBLE_VALUE, JsonValues.quoted(digest), expected);
            return null;
        }
        return digest;
    }
}
