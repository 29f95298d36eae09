package org.citybrain.intake.request;

import static org.citybrain.messages.RejectionReason.MALFORMED;
import static org.citybrain.messages.RejectionReason.PAYLOAD_TOO_LARGE;
import static org.citybrain.messages.RejectionReason.UNKNOWN_FIELD;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citybrain.intake.admit.Rejection;
import org.citybrain.intake.admit.ReportJson;
import org.citybrain.intake.problem.RequestRefused;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** A small JSON object as a record: bounded like a report, and without a field that the record does not have. */
public final class JsonBody {

    private static final int MOST_BYTES = 64 * 1024;
    private static final JsonMapper STRICT = JsonMapper.builder(ReportJson.FACTORY)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    /** @throws RequestRefused if it is not such an object */
    public static <T extends Record> T read(HttpServletRequest request, Class<T> type) throws IOException {
        return find(request, type).orElseThrow(() -> refused("empty", type));
    }

    /**
     * As {@link #read}, where the body may be left out.
     *
     * @throws RequestRefused if there is one, and it is not such an object
     */
    public static <T extends Record> Optional<T> find(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] json = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (json.length > MOST_BYTES) {
            throw new RequestRefused(
                    Rejection.of(PAYLOAD_TOO_LARGE, "", "too large", "at most " + MOST_BYTES + " bytes"));
        }
        if (json.length == 0) {
            return Optional.empty();
        }
        try {
            @Nullable T body = STRICT.readValue(json, type);
            if (body == null) {
                throw refused("null", type);
            }
            return Optional.of(body);
        } catch (UnrecognizedPropertyException unknown) {
            throw new RequestRefused(Rejection.of(
                    UNKNOWN_FIELD, "/" + unknown.getPropertyName(), "no known field", "one of " + fields(type)));
        } catch (JacksonException malformed) {
            throw refused("not readable: " + malformed.getOriginalMessage(), type);
        }
    }

    private static RequestRefused refused(String what, Class<? extends Record> type) {
        return new RequestRefused(Rejection.of(MALFORMED, "", what, "a JSON object with " + fields(type)));
    }

    private static String fields(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.joining(", "));
    }
}
