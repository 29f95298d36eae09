package org.citybrain.dispatch.policy;

import java.util.List;
import org.citybrain.dispatch.grade.GradingPolicy;
import org.citybrain.dispatch.route.RoutingPolicy;
import org.citybrain.messages.MessageJson;

/** Policy documents as the evaluators take them. Each throws where the document is not one of its kind. */
public final class ReadPolicy {

    private ReadPolicy() {}

    public static GradingPolicy grading(String document) {
        return MessageJson.MAPPER.readValue(document, GradingPolicy.class);
    }

    public static RoutingPolicy routing(String document) {
        return MessageJson.MAPPER.readValue(document, RoutingPolicy.class);
    }

    public static CorrelationPolicy correlation(String document) {
        return MessageJson.MAPPER.readValue(document, CorrelationPolicy.class);
    }

    public static ItemCatalogue catalogue(String document) {
        return new ItemCatalogue(
                MessageJson.MAPPER.readValue(document, CatalogueDocument.class).types());
    }

    private record CatalogueDocument(List<ItemCatalogue.Item> types) {}
}
