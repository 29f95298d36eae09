package org.citybrain.dispatch.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.MessageJson;
import tools.jackson.databind.node.ObjectNode;

/** The policies that the first migration seeds, read from the migration itself, for tests that need no database. */
public final class SeededPolicies {

    private static final String MIGRATION = read();

    private SeededPolicies() {}

    public static GradingPolicy grading() {
        return document("grading", GradingPolicy.class);
    }

    public static RoutingPolicy routing() {
        return document("routing", RoutingPolicy.class);
    }

    public static CorrelationPolicy correlation() {
        return document("correlation", CorrelationPolicy.class);
    }

    public static ItemCatalogue catalogue() {
        return new ItemCatalogue(types());
    }

    /** The codes of all types, in the order of the catalogue. */
    public static List<String> typeCodes() {
        return types().stream().map(ItemCatalogue.Item::code).toList();
    }

    private static List<ItemCatalogue.Item> types() {
        return document("item-catalogue", Catalogue.class).types();
    }

    /** The document itself, to be changed at will. */
    public static ObjectNode json(String kind) {
        return document(kind, ObjectNode.class);
    }

    private static <T> T document(String kind, Class<T> type) {
        Matcher matcher = Pattern.compile(
                        "values \\('" + kind + "', 1, 'EFFECTIVE', '\\n(.*?)\\n', '2026", Pattern.DOTALL)
                .matcher(MIGRATION);
        if (!matcher.find()) {
            throw new IllegalStateException("the migration seeds no policy " + kind);
        }
        return MessageJson.MAPPER.readValue(matcher.group(1).replace("''", "'"), type);
    }

    private static String read() {
        try (var in = SeededPolicies.class.getResourceAsStream("/db/migration/V6__policies.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Catalogue(List<ItemCatalogue.Item> types) {}
}
