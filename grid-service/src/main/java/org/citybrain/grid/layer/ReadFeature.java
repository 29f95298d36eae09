package org.citybrain.grid.layer;

import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.citybrain.access.Person;
import org.citybrain.grid.problem.Parameters;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.unit.PostgisUnits;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what somebody wrote about a feature, or says what they should have written. */
@Component
class ReadFeature {

    /** Enough for 10,000 positions of full length. */
    static final int LARGEST_BODY_BYTES = 1024 * 1024;

    private static final String ID = "1 to 128 letters, digits, dots, hyphens and underscores, a letter or digit first";
    private static final String DEPARTMENT = "1 to 64 small letters, digits and hyphens, not a hyphen first";
    private static final String TYPES =
            "a list of 1 to 200 codes of incident types, such as fire.building; absent: all";

    private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern DEPARTMENT_FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern TYPE_FORM = Pattern.compile("[a-z0-9.-]{1,64}");
    private static final int LONGEST_NAME = 200;
    private static final int MOST_TYPES = 200;

    private final JsonMapper json;
    private final PostgisUnits units;
    private final PostgisAllowedArea areas;
    private final PostgisResponsibilities responsibilities;

    ReadFeature(
            JsonMapper json, PostgisUnits units, PostgisAllowedArea areas, PostgisResponsibilities responsibilities) {
        this.json = json;
        this.units = units;
        this.areas = areas;
        this.responsibilities = responsibilities;
    }

    String id(String id) {
        if (!ID_FORM.matcher(id).matches()) {
            throw new RequestProblem(ProblemReason.BAD_ID, "id", id, ID);
        }
        return id;
    }

    /** As PostgreSQL keeps it, to the microsecond. */
    @Nullable
    Instant effectiveFrom(@Nullable String text) {
        return text == null ? null : Parameters.instant("effectiveFrom", text).truncatedTo(ChronoUnit.MICROS);
    }

    /** The unit in whose area the person may act. */
    UnitCode reach(Person person) {
        if (person.unit() == null) {
            throw new RequestProblem(ProblemReason.UNKNOWN_UNIT, "your unit", null, "an account that has a unit");
        }
        return person.unit();
    }

    FeatureFilter filter(
            Layer layer,
            @Nullable String unit,
            @Nullable String bbox,
            @Nullable String kind,
            @Nullable String department,
            Instant at) {
        if (kind != null && !layer.knowsKind(kind)) {
            throw new RequestProblem(ProblemReason.BAD_KIND, "kind", kind, layer.expectedKind());
        }
        if (department != null && layer != Layer.RESPONSIBILITY_AREA) {
            throw new RequestProblem(
                    ProblemReason.BAD_REQUEST,
                    "department",
                    department,
                    "no department: only responsibility areas have one");
        }
        return new FeatureFilter(
                unit == null ? null : unitOnMap(unit, at),
                bbox == null ? null : Box.parse(bbox),
                kind,
                department == null ? null : departmentForm(department));
    }

    @Nullable
    String cursor(@Nullable String cursor) {
        if (cursor != null && !ID_FORM.matcher(cursor).matches()) {
            throw badCursor(cursor);
        }
        return cursor;
    }

    /** Of a history: the beginning of the last version on the page before. */
    @Nullable
    Instant cursorOfHistory(@Nullable String cursor) {
        try {
            return cursor == null ? null : Parameters.instant("cursor", cursor);
        } catch (RequestProblem notAnInstant) {
            throw badCursor(cursor);
        }
    }

    /** Reads no more than is allowed, however long it is. */
    FeatureBody body(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST_BODY_BYTES + 1);
        if (bytes.length > LARGEST_BODY_BYTES) {
            throw new RequestProblem(
                    ProblemReason.PAYLOAD_TOO_LARGE,
                    "body",
                    "more than " + LARGEST_BODY_BYTES + " bytes",
                    "at most " + LARGEST_BODY_BYTES);
        }
        String expected = "a JSON object as /v3/api-docs describes it";
        try {
            FeatureBody body = json.readValue(bytes, FeatureBody.class);
            if (body != null) {
                return body;
            }
        } catch (UnrecognizedPropertyException unknown) {
            throw bad(unknown.getPropertyName(), "no known field", "one of " + unknown.getKnownPropertyIds());
        } catch (JacksonException notJson) {
            // answered below, as one that is null
        }
        throw bad("body", bytes.length == 0 ? "empty" : "not to be read", expected);
    }

    /** @param from the moment as of which units and borders are looked up */
    FeatureContent content(Layer layer, FeatureBody body, Person person, Instant from) {
        UnitCode reach = reach(person);
        String kind = body.kind();
        if (kind == null || !layer.knowsKind(kind)) {
            throw bad("kind", kind, layer.expectedKind());
        }
        String name = name(body.name());
        Datum datum = Parameters.datum(body.datum());
        Geometry geometry = ReadGeometry.read(body.geometry(), datum, layer);
        UnitCode unit = unit(layer, body.unit(), reach, from);
        String department = department(layer, body.department(), reach);
        List<String> incidentTypes = incidentTypes(layer, body.incidentTypes());
        refuseOutside(geometry, reach, from);
        return new FeatureContent(kind, name, geometry, unit, department, incidentTypes);
    }

    private static String name(@Nullable String name) {
        if (name == null
                || name.isBlank()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw bad("name", name, "1 to " + LONGEST_NAME + " characters, none of them a control character");
        }
        return name;
    }

    private @Nullable UnitCode unit(Layer layer, @Nullable String code, UnitCode reach, Instant from) {
        if (code == null) {
            if (layer == Layer.ONLINE_GRID) {
                throw bad("unit", null, "the code of the grid that the online grid is bound to");
            }
            return null;
        }
        UnitCode unit = Parameters.unitCode("unit", code);
        if (layer == Layer.ONLINE_GRID && unit.tier() != Tier.GRID) {
            throw bad("unit", code, "the code of a grid, 15 digits");
        }
        if (!unit.isWithin(reach) || !units.isThere(unit, from)) {
            throw new RequestProblem(
                    ProblemReason.UNKNOWN_UNIT, "unit", code, "a unit of the map as of " + from + ", within your own");
        }
        return unit;
    }

    /** One of the administrator's own unit, of a unit below it, or of one above it, which serves it too. */
    private @Nullable String department(Layer layer, @Nullable String code, UnitCode reach) {
        if (layer != Layer.RESPONSIBILITY_AREA) {
            if (code != null) {
                throw bad("department", code, "no department: only responsibility areas have one");
            }
            return null;
        }
        if (code == null) {
            throw bad("department", null, "the code of the department that answers for the area");
        }
        departmentForm(code);
        UnitCode served = responsibilities
                .findUnitOfDepartment(code)
                .filter(of -> of.isWithin(reach) || reach.isWithin(of))
                .orElse(null);
        if (served == null) {
            throw new RequestProblem(
                    ProblemReason.UNKNOWN_DEPARTMENT, "department", code, "a department that serves your unit");
        }
        return code;
    }

    private @Nullable List<String> incidentTypes(Layer layer, @Nullable List<@Nullable String> types) {
        if (types == null) {
            return null;
        }
        if (layer != Layer.RESPONSIBILITY_AREA) {
            throw bad("incidentTypes", types.size() + " types", "none: only responsibility areas have them");
        }
        if (types.isEmpty() || types.size() > MOST_TYPES) {
            throw bad("incidentTypes", types.size() + " types", TYPES);
        }
        var sorted = new TreeSet<String>();
        for (String type : types) {
            if (type == null || !TYPE_FORM.matcher(type).matches()) {
                throw bad("incidentTypes", type, TYPES);
            }
            sorted.add(type);
        }
        responsibilities.listUnknownTypes(sorted).stream().findFirst().ifPresent(unknown -> {
            throw unknownType("incidentTypes", unknown);
        });
        return List.copyOf(sorted);
    }

    private void refuseOutside(Geometry geometry, UnitCode reach, Instant from) {
        UnitCode city = reach.at(Tier.CITY);
        refuseOutside(geometry, city, from, ProblemReason.OUTSIDE_CITY);
        if (!reach.equals(city)) {
            refuseOutside(geometry, reach, from, ProblemReason.OUTSIDE_REACH);
        }
    }

    private void refuseOutside(Geometry geometry, UnitCode unit, Instant from, ProblemReason reason) {
        switch (areas.judge(geometry, unit, from)) {
            case PostgisAllowedArea.Inside inside -> {}
            case PostgisAllowedArea.NoSuchUnit noSuchUnit ->
                throw new RequestProblem(
                        reason == ProblemReason.OUTSIDE_CITY ? ProblemReason.NO_MAP : ProblemReason.UNKNOWN_UNIT,
                        "effectiveFrom",
                        from.toString(),
                        "a moment at which " + unit + " is on the map");
            case PostgisAllowedArea.Outside(String place) ->
                throw new RequestProblem(
                        reason, "geometry", place, "nothing outside the border that " + unit + " has as of " + from);
        }
    }

    private UnitCode unitOnMap(String code, Instant at) {
        UnitCode unit = Parameters.unitCode("unit", code);
        if (!units.isThere(unit, at)) {
            throw new RequestProblem(ProblemReason.UNKNOWN_UNIT, "unit", code, "a unit that is on the map as of " + at);
        }
        return unit;
    }

    private static String departmentForm(String code) {
        if (!DEPARTMENT_FORM.matcher(code).matches()) {
            throw bad("department", code, DEPARTMENT);
        }
        return code;
    }

    static RequestProblem unknownType(String parameter, String type) {
        return new RequestProblem(
                ProblemReason.UNKNOWN_TYPE, parameter, type, "an incident type of the item catalogue");
    }

    private static RequestProblem badCursor(@Nullable String cursor) {
        return new RequestProblem(
                ProblemReason.BAD_CURSOR, "cursor", cursor, "the nextCursor of an earlier page, unchanged");
    }

    private static RequestProblem bad(String field, @Nullable String value, String expected) {
        return new RequestProblem(ProblemReason.BAD_BODY, field, value, expected);
    }

    /** As it was sent: every field may be missing or wrong. */
    @Schema(name = "LayerFeatureBody")
    record FeatureBody(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "SCHOOL") @Nullable
            String kind,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "七星岗第一小学") @Nullable
            String name,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    implementation = Datum.class,
                    description = "What the geometry is given in. There is no default.",
                    example = "WGS84")
            @Nullable
            String datum,

            @Schema(
                    implementation = Map.class,
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    description =
                            "GeoJSON: a Point for key places and devices, a Polygon or MultiPolygon for the others; at"
                                    + " most 10,000 positions.",
                    example = "{\"type\": \"Point\", \"coordinates\": [106.5784, 29.5582]}")
            @Nullable
            JsonNode geometry,

            @Schema(description = "Required of an online grid: its grid.", example = "500103001003001") @Nullable
            String unit,

            @Schema(description = "Required of a responsibility area, not allowed elsewhere.") @Nullable
            String department,

            @Schema(description = "Of a responsibility area; absent: all types.") @Nullable
            List<@Nullable String> incidentTypes) {}
}
