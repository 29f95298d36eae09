package org.citybrain.intake.admit;

import static org.citybrain.messages.RejectionReason.IMPOSSIBLE_VALUE;
import static org.citybrain.messages.RejectionReason.MALFORMED;
import static org.citybrain.messages.RejectionReason.MISSING_VALUE;

import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Reads a CloudEvent 1.0 whose data is a report. A report without an id gets one from the event's source and id.
 *
 * <p>Read here rather than by the CloudEvents SDK, whose JSON format brings a second JSON library and a tree of every event.
 */
public final class CloudEventReader {

    private static final String VERSION = "1.0";
    private static final int MOST_CHARACTERS = 1_024;
    private static final String A_REPORT = "data that is a report";

    private CloudEventReader() {}

    /** Reads a structured event: attributes and data in one JSON object. */
    public static ReportReading readStructured(byte[] bytes, int offset, int length) {
        try (JsonParser json = ReportJson.parser(bytes, offset, length)) {
            if (json.nextToken() == null) {
                return ReportReading.refused(Rejection.of(MALFORMED, "", "empty", "a CloudEvent as JSON"));
            }
            ReportReading reading = readEvent(json);
            if (reading.rejection() == null && json.nextToken() != null) {
                return refused(
                        reading,
                        Rejection.of(MALFORMED, "", "followed by more", "one CloudEvent and nothing after it"));
            }
            return reading;
        } catch (JacksonException notJson) {
            return ReportReading.refused(ReportJson.notJson(notJson));
        }
    }

    /**
     * Reads a binary event: the attributes are HTTP headers, the body is the data.
     *
     * @param attribute an attribute's value by its name, null where it is absent
     */
    public static ReportReading readBinary(
            Function<String, @Nullable String> attribute, byte[] bytes, int offset, int length) {
        String source = attribute.apply("source");
        String id = attribute.apply("id");
        Rejection rejection = check("ce-", attribute.apply("specversion"), id, source, attribute.apply("type"));
        ReportReading reading = ReportReader.read(bytes, offset, length);
        return rejection == null ? reading.orReportId(idOf(source, id)) : refused(reading, rejection);
    }

    private static ReportReading readEvent(JsonParser json) {
        var values = new JsonValues(json);
        if (!values.startsObject("a CloudEvent: a JSON object")) {
            return ReportReading.refused(
                    values.rejection() == null
                            ? Rejection.of(MALFORMED, "", "null", "a CloudEvent: a JSON object")
                            : values.rejection());
        }
        String version = null;
        String id = null;
        String source = null;
        String type = null;
        String contentType = null;
        ReportReading data = null;
        int seen = 0;
        String field;
        while ((field = values.nextField()) != null) {
            switch (field) {
                case "specversion" -> {
                    seen = values.once(seen, 0);
                    version = values.string(MOST_CHARACTERS, "the version " + VERSION);
                }
                case "id" -> {
                    seen = values.once(seen, 1);
                    id = values.string(MOST_CHARACTERS, "the event's id");
                }
                case "source" -> {
                    seen = values.once(seen, 2);
                    source = values.string(MOST_CHARACTERS, "the event's source");
                }
                case "type" -> {
                    seen = values.once(seen, 3);
                    type = values.string(MOST_CHARACTERS, "the event's type");
                }
                case "datacontenttype" -> {
                    seen = values.once(seen, 4);
                    contentType = values.string(MOST_CHARACTERS, "application/json");
                }
                case "data" -> {
                    seen = values.once(seen, 5);
                    data = ReportReader.readCurrent(json);
                }
                case "data_base64" -> {
                    seen = values.once(seen, 5);
                    data = base64(values);
                }
                // Extensions are anyone's: the specification lets them pass.
                default -> values.skip();
            }
        }
        Rejection rejection = values.rejection();
        if (rejection == null) {
            rejection = check("/", version, id, source, type);
        }
        if (rejection == null && contentType != null && !isJson(contentType)) {
            rejection = Rejection.of(MALFORMED, "/datacontenttype", JsonValues.quoted(contentType), "application/json");
        }
        if (data == null) {
            return ReportReading.refused(
                    rejection == null ? Rejection.of(MISSING_VALUE, "/data", null, A_REPORT) : rejection);
        }
        return rejection == null ? data.orReportId(idOf(source, id)) : refused(data, rejection);
    }

    private static @Nullable ReportReading base64(JsonValues values) {
        String text = values.anyString();
        if (text == null) {
            values.malformed("a report in Base64");
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return ReportReader.read(bytes, 0, bytes.length);
        } catch (IllegalArgumentException notBase64) {
            values.malformed("a report in Base64");
            return null;
        }
    }

    private static @Nullable Rejection check(
            String prefix,
            @Nullable String version,
            @Nullable String id,
            @Nullable String source,
            @Nullable String type) {
        if (version == null) {
            return missing(prefix + "specversion", VERSION);
        }
        if (!version.equals(VERSION)) {
            return Rejection.of(IMPOSSIBLE_VALUE, prefix + "specversion", JsonValues.quoted(version), VERSION);
        }
        if (id == null || id.isEmpty()) {
            return missing(prefix + "id", "the event's id");
        }
        if (source == null || source.isEmpty()) {
            return missing(prefix + "source", "the event's source");
        }
        if (source.contains(" ")) {
            return Rejection.of(
                    IMPOSSIBLE_VALUE, prefix + "source", JsonValues.quoted(source), "a URI reference, without spaces");
        }
        return type == null || type.isEmpty() ? missing(prefix + "type", "the event's type") : null;
    }

    private static Rejection missing(String pointer, String expected) {
        return Rejection.of(MISSING_VALUE, pointer, null, expected);
    }

    private static ReportReading refused(ReportReading reading, Rejection rejection) {
        return new ReportReading(null, rejection, reading.reportId());
    }

    private static UUID idOf(@Nullable String source, @Nullable String id) {
        return ReportIds.ofCloudEvent(Objects.requireNonNull(source), Objects.requireNonNull(id));
    }

    private static boolean isJson(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].trim();
        return type.equals("application/json") || type.endsWith("+json");
    }
}
