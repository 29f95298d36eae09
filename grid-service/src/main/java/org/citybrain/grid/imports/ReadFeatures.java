package org.citybrain.grid.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citybrain.grid.imports.AttributeNames.Attribute;
import org.citybrain.messages.Datum;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads a file as it comes in: of each feature only what an import needs is kept, whatever else there is in it, however long and in
 * whatever order. A file is read to its end, so that all that is wrong is told at once; where it cannot be, the place is.
 */
final class ReadFeatures {

    /** @param repaired at most {@link ImportProblems#MOST_TOLD} of them */
    record Features(List<ImportFeature> features, List<ImportReport.Repair> repaired, int repairedCount) {}

    private static final int LONGEST_NAME = 200;
    private static final long MOST_PEOPLE = 10_000_000_000L;
    private static final int ATTRIBUTES_TOLD = 15;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Names of attributes are not remembered: a file may have a million. NaN is read, because some programs write it, and then
     * refused by its name.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(200)
                    .maxNameLength(10_000)
                    .maxStringLength(100_000)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final Datum datum;
    private final AttributeNames names;
    private final ImportSettings settings;
    private final ImportProblems problems;
    private final ReadGeometry geometries;

    private final List<ImportFeature> features = new ArrayList<>();
    private final List<ImportReport.Repair> repaired = new ArrayList<>();
    private int repairedCount;
    private int index;

    private final Map<Attribute, String> attributes = new EnumMap<>(Attribute.class);
    private final List<String> others = new ArrayList<>();

    ReadFeatures(ImportRequest request, ImportSettings settings, ImportProblems problems) {
        this.datum = request.datum();
        this.names = request.attributes();
        this.settings = settings;
        this.problems = problems;
        this.geometries = new ReadGeometry(request.datum(), request.repair(), settings);
    }

    Features read(InputStream file) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), reader(file))) {
            readCollection(parser);
        } catch (UnreadableFile unreadable) {
            problems.add(unreadable.problem());
        } catch (StreamConstraintsException beyond) {
            problems.add(ImportProblem.of(ImportReason.TOO_LARGE, null, said(beyond)));
        } catch (JacksonException failure) {
            problems.add(notJson(failure));
        } catch (IOException failure) {
            problems.add(brokenOff(failure));
        }
        tellRanges();
        return new Features(features, repaired, repairedCount);
    }

    /** UTF-8 and nothing else: what cannot be decoded must not become a name full of question marks. */
    private static Reader reader(InputStream file) throws IOException {
        var text = new PushbackReader(new InputStreamReader(
                file,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    private void readCollection(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new UnreadableFile(ImportReason.TRUNCATED, "the file is empty: expected a GeoJSON FeatureCollection");
        }
        if (first != JsonToken.START_OBJECT) {
            throw noCollection("the file is no object");
        }
        boolean typed = false;
        boolean hasFeatures = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                typed = value == JsonToken.VALUE_STRING && parser.getString().equals("FeatureCollection");
                if (!typed) {
                    throw noCollection("the file's type is another");
                }
            } else if (name.equals("crs")) {
                checkReferenceSystem(parser, value);
            } else if (name.equals("features") && value == JsonToken.START_ARRAY) {
                hasFeatures = true;
                readFeatures(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (!typed || !hasFeatures) {
            throw noCollection("the file has no " + (typed ? "features" : "type"));
        }
        if (parser.nextToken() != null) {
            throw new UnreadableFile(
                    ImportReason.NOT_JSON, "something follows the file's last bracket: expected its end");
        }
    }

    private static UnreadableFile noCollection(String what) {
        return new UnreadableFile(
                ImportReason.NOT_A_FEATURE_COLLECTION, what + ": expected a GeoJSON FeatureCollection");
    }

    /** An old way to name the datum, which ogr2ogr still writes. */
    private void checkReferenceSystem(JsonParser parser, JsonToken value) {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        String name = null;
        if (value == JsonToken.START_OBJECT) {
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_STRING && "name".equals(parser.currentName())) {
                    name = parser.getString();
                }
            }
        }
        String system = name == null ? "" : name.toUpperCase(Locale.ROOT);
        boolean known = system.endsWith("CRS84") || system.matches(".*EPSG:.*:?(4326|4490)");
        if (!known || (datum != Datum.WGS84 && datum != Datum.CGCS2000)) {
            throw new UnreadableFile(
                    ImportReason.CRS_CONTRADICTS,
                    "the file's crs is '"
                            + (name == null ? "unreadable" : name.substring(0, Math.min(100, name.length())))
                            + "', its datum was declared as " + datum
                            + (known
                                    ? ": expected datum=WGS84 or datum=CGCS2000, or a file without a crs"
                                    : ": expected degrees in WGS-84 or CGCS2000 (ogr2ogr -t_srs EPSG:4326)"));
        }
    }

    private void readFeatures(JsonParser parser) {
        for (index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == settings.mostFeatures()) {
                throw new UnreadableFile(
                        ImportReason.TOO_LARGE, "the file has more than " + settings.mostFeatures() + " features");
            }
            readFeature(parser);
        }
    }

    private void readFeature(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw noCollection("feature " + index + " is no object");
        }
        boolean typed = false;
        ReadGeometry.Outcome geometry = ReadGeometry.Outcome.NONE;
        attributes.clear();
        others.clear();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type")) {
                typed = value == JsonToken.VALUE_STRING && parser.getString().equals("Feature");
            } else if (name.equals("properties") && value == JsonToken.START_OBJECT) {
                readAttributes(parser);
            } else if (name.equals("geometry") && value == JsonToken.START_OBJECT) {
                geometry = geometries.read(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (!typed) {
            throw noCollection("element " + index + " of the features is no Feature");
        }
        keep(geometry);
    }

    private void readAttributes(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Attribute attribute = names.byName().get(parser.currentName());
            if (attribute == null && others.size() < ATTRIBUTES_TOLD) {
                others.add(parser.currentName());
            }
            JsonToken value = parser.nextToken();
            if (attribute != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                String text = parser.getString().strip();
                if (!text.isEmpty()) {
                    attributes.put(attribute, text);
                }
            } else if (attribute != null && value.isStructStart()) {
                attributes.put(attribute, value == JsonToken.START_ARRAY ? "[…]" : "{…}");
            }
            parser.skipChildren();
        }
    }

    private void keep(ReadGeometry.Outcome geometry) {
        String given = attributes.get(Attribute.CODE);
        if (geometry.problem() != null) {
            problems.add(withCode(geometry.problem(), given).inFeature(index));
        }
        if (given == null) {
            problem(
                    ImportReason.MISSING_ATTRIBUTE,
                    null,
                    "there is no attribute '" + names.nameOf(Attribute.CODE) + "'; others are " + others
                            + ": expected attributes=code:NAME to name the one with the code");
            return;
        }
        String code = code(Attribute.CODE, given).orElse(null);
        String formerCode = Optional.ofNullable(attributes.get(Attribute.FORMER_CODE))
                .flatMap(former -> code(Attribute.FORMER_CODE, former))
                .filter(former -> !former.equals(code))
                .orElse(null);
        Boolean abolished = abolished(given);
        String name = name(given);
        Long population = population(given);
        if (code == null || abolished == null) {
            return;
        }
        if (formerCode != null && (abolished || formerCode.length() != code.length())) {
            problem(
                    ImportReason.BAD_CODE,
                    code,
                    "its former code is " + formerCode
                            + ": expected one of the same tier, and a unit that is not abolished");
            return;
        }
        if (geometry.boundary() != null && geometry.repaired() != null) {
            repairedCount++;
            if (repaired.size() < ImportProblems.MOST_TOLD) {
                repaired.add(new ImportReport.Repair(
                        code, index, geometry.repaired(), SquareMeters.rounded(geometry.boundary())));
            }
        }
        features.add(new ImportFeature(
                index, code, name, population, formerCode, abolished, abolished ? null : geometry.boundary()));
    }

    private Optional<String> code(Attribute attribute, String value) {
        Optional<String> code = UnitCode.find(value).map(UnitCode::digits);
        if (code.isEmpty()) {
            problem(
                    ImportReason.BAD_CODE,
                    null,
                    names.nameOf(attribute) + " is '" + told(value)
                            + "': expected 2, 6, 9, 12, 15 or 17 digits, each group after the city not all zeros");
        }
        return code;
    }

    private @Nullable Boolean abolished(String code) {
        String value = attributes.getOrDefault(Attribute.ABOLISHED, "false").toLowerCase(Locale.ROOT);
        if (Set.of("true", "1").contains(value)) {
            return true;
        }
        if (!Set.of("false", "0").contains(value)) {
            badAttribute(Attribute.ABOLISHED, code, "true or false, 1 or 0");
            return null;
        }
        return false;
    }

    private @Nullable String name(String code) {
        String name = attributes.get(Attribute.NAME);
        if (name != null && (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl))) {
            badAttribute(
                    Attribute.NAME, code, "at most " + LONGEST_NAME + " characters, none of them a control character");
        }
        return name;
    }

    private @Nullable Long population(String code) {
        String people = attributes.get(Attribute.POPULATION);
        if (people == null) {
            return null;
        }
        if (people.matches("[0-9]{1,12}([.]0{0,20})?")) {
            long population = Long.parseLong(people.replaceFirst("[.].*", ""));
            if (population <= MOST_PEOPLE) {
                return population;
            }
        }
        badAttribute(Attribute.POPULATION, code, "a whole number of residents, from 0 to " + MOST_PEOPLE);
        return null;
    }

    private void badAttribute(Attribute attribute, String code, String expected) {
        problem(
                ImportReason.BAD_ATTRIBUTE,
                told(code),
                names.nameOf(attribute) + " is '" + told(attributes.getOrDefault(attribute, "")) + "': expected "
                        + expected);
    }

    private void problem(ImportReason reason, @Nullable String code, String detail) {
        problems.add(ImportProblem.of(reason, code, detail).inFeature(index));
    }

    private static ImportProblem withCode(ImportProblem problem, @Nullable String code) {
        return new ImportProblem(
                problem.reason(),
                code == null ? null : told(code),
                null,
                problem.detail(),
                problem.areaSquareMeters(),
                problem.wkt(),
                null);
    }

    private static String told(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "…";
    }

    private void tellRanges() {
        if (geometries.swapped() > 0) {
            problems.add(ImportProblem.of(
                    ImportReason.SWAPPED_AXES,
                    null,
                    geometries.swapped()
                            + " features have latitudes beyond 90 degrees, and would not with the two numbers of each position swapped:"
                            + " expected the longitude first"));
        }
        if (geometries.outOfRange() > 0) {
            problems.add(ImportProblem.of(
                    ImportReason.OUT_OF_RANGE,
                    null,
                    geometries.outOfRange()
                            + " features have positions beyond 180 or 90 degrees: expected degrees, not metres (ogr2ogr -t_srs"
                            + " EPSG:4326)"));
        }
    }

    private ImportProblem notJson(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException readFailure) {
                return brokenOff(readFailure);
            }
        }
        // Not every end in the middle has the exception that is made for it.
        boolean ended = failure instanceof UnexpectedEndOfInputException
                || failure.getOriginalMessage().startsWith("Unexpected end-of-input");
        return ended
                ? ImportProblem.of(
                        ImportReason.TRUNCATED,
                        null,
                        "the file ends in the middle, after " + features.size()
                                + " whole features: expected it to the last bracket")
                : ImportProblem.of(ImportReason.NOT_JSON, null, said(failure) + ": expected JSON");
    }

    private ImportProblem brokenOff(IOException failure) {
        return failure instanceof CharacterCodingException
                ? ImportProblem.of(
                        ImportReason.NOT_UTF8,
                        null,
                        "after " + features.size()
                                + " whole features there are bytes that are not UTF-8: expected UTF-8 (for a Shapefile in GB18030,"
                                + " ogr2ogr -oo ENCODING=GB18030)")
                : ImportProblem.of(
                        ImportReason.TRUNCATED,
                        null,
                        "the sender broke off after " + features.size() + " whole features: expected all of the file");
    }

    private static String said(JacksonException failure) {
        String place = failure.getLocation() == null
                ? ""
                : " near line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
        String message = failure.getOriginalMessage();
        return (message.length() <= 300 ? message : message.substring(0, 300) + "…") + place;
    }
}
