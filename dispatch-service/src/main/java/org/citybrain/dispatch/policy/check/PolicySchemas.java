package org.citybrain.dispatch.policy.check;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citybrain.messages.PolicySchema;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas of the four kinds of policy. */
public final class PolicySchemas {

    /** The schema of the correlation policy has it as the maximum of {@code mergeableForDays}. */
    public static final int MOST_MERGEABLE_DAYS = 90;

    private static final Map<String, Schema> SCHEMAS = read();

    private PolicySchemas() {}

    /** Whether a document has the form of its kind. */
    public static List<Mistake> check(String kind, JsonNode document) {
        Mistakes mistakes = new Mistakes();
        new CheckShape(mistakes).check(document);
        if (mistakes.isEmpty()) {
            check(kind, document, mistakes);
        }
        return mistakes.all();
    }

    static void check(String kind, JsonNode document, Mistakes mistakes) {
        Schema schema = SCHEMAS.get(kind);
        if (schema == null) {
            throw new IllegalArgumentException("there is no policy of the kind " + kind);
        }
        schema.validate(document).stream()
                .sorted(Comparator.comparing(
                        (Error error) -> error.getInstanceLocation().toString()))
                .map(error -> mistake(error, document))
                .forEach(mistakes::add);
    }

    private static Mistake mistake(Error error, JsonNode document) {
        String path = error.getInstanceLocation().toString();
        JsonNode found = document.at(path);
        String keyword = String.valueOf(error.getKeyword());
        JsonNode bound = bound(error, keyword);
        return switch (keyword) {
            case "required" ->
                Mistake.missing(path + "/" + Pointer.escape(String.valueOf(error.getProperty())), "a value");
            case "additionalProperties" -> {
                String property = String.valueOf(error.getProperty());
                yield Mistake.of(
                        path + "/" + Pointer.escape(Mistake.shortened(property)),
                        found.path(property),
                        MistakeReason.UNKNOWN_FIELD,
                        "only fields of the schema");
            }
            case "type" ->
                Mistake.of(
                        path,
                        found,
                        MistakeReason.WRONG_TYPE,
                        "of the JSON type " + bound.asStringOpt().orElseGet(bound::toString));
            case "enum" ->
                Mistake.of(
                        path,
                        found,
                        MistakeReason.UNKNOWN_VALUE,
                        "one of " + bound.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")));
            case "pattern" -> Mistake.of(path, found, MistakeReason.WRONG_FORM, "text of the form " + bound.asString());
            case "minimum" -> Mistake.of(path, found, MistakeReason.OUT_OF_RANGE, "at least " + bound.asString());
            case "maximum" -> Mistake.of(path, found, MistakeReason.OUT_OF_RANGE, "at most " + bound.asString());
            case "exclusiveMinimum" ->
                Mistake.of(path, found, MistakeReason.OUT_OF_RANGE, "more than " + bound.asString());
            case "exclusiveMaximum" ->
                Mistake.of(path, found, MistakeReason.OUT_OF_RANGE, "less than " + bound.asString());
            case "minLength" ->
                Mistake.of(path, found, MistakeReason.MISSING, "at least " + bound.asString() + " characters");
            case "minItems" ->
                Mistake.of(path, found, MistakeReason.MISSING, "at least " + bound.asString() + " of them");
            case "maxLength" ->
                Mistake.of(path, found, MistakeReason.TOO_LARGE, "at most " + bound.asString() + " characters");
            case "maxItems" ->
                Mistake.of(path, found, MistakeReason.TOO_LARGE, "at most " + bound.asString() + " of them");
            default -> Mistake.of(path, found, MistakeReason.WRONG_FORM, String.valueOf(error.getMessage()));
        };
    }

    /** What the keyword of the schema says. */
    private static JsonNode bound(Error error, String keyword) {
        JsonNode node = error.getSchemaNode();
        return node.isObject() && node.has(keyword) ? node.get(keyword) : node;
    }

    private static Map<String, Schema> read() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .pathType(PathType.JSON_POINTER)
                        .build()));
        Map<String, Schema> schemas = new HashMap<>();
        for (String kind : PolicySchema.KINDS) {
            try (InputStream in = PolicySchema.open(kind)) {
                schemas.put(kind, registry.getSchema(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Map.copyOf(schemas);
    }
}
