package org.citybrain.grid.ogc;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.citybrain.grid.ogc.PostgisFeatures.FeatureKey;
import org.citybrain.grid.ogc.PostgisFeatures.PageKeys;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes features as GeoJSON, portion by portion as they are read. */
@Component
class WriteItems {

    private final PostgisFeatures features;
    private final JsonMapper json;
    private final Clock clock;

    WriteItems(PostgisFeatures features, JsonMapper json, Clock clock) {
        this.features = features;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Writes a page. The first portion is read before anything is written: what fails until then is answered as a problem.
     *
     * @param ready called when there is something to write
     * @throws IOException if the reader has gone, or a later portion could not be read: the answer must not look whole
     */
    void write(MapCollection collection, PageKeys page, List<Link> links, Output ready) throws IOException {
        List<FeatureKey> keys = page.keys();
        List<MapFeature> portion = portion(collection, keys, 0);
        try (JsonGenerator out = json.createGenerator(ready.open())) {
            out.writeStartObject();
            out.writeStringProperty("type", "FeatureCollection");
            out.writeStringProperty(
                    "timeStamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            out.writeNumberProperty("numberMatched", page.matched());
            write(out, links);
            out.writeArrayPropertyStart("features");
            int returned = 0;
            for (int start = 0; start < keys.size(); start += collection.chunk()) {
                if (start > 0) {
                    portion = laterPortion(collection, keys, start);
                }
                for (MapFeature feature : portion) {
                    out.writeStartObject();
                    write(out, feature);
                    out.writeEndObject();
                }
                returned += portion.size();
            }
            out.writeEndArray();
            out.writeNumberProperty("numberReturned", returned);
            out.writeEndObject();
        }
    }

    void write(MapFeature feature, List<Link> links, OutputStream to) {
        try (JsonGenerator out = json.createGenerator(to)) {
            out.writeStartObject();
            write(out, feature);
            write(out, links);
            out.writeEndObject();
        }
    }

    private List<MapFeature> portion(MapCollection collection, List<FeatureKey> keys, int start) {
        List<FeatureKey> some = keys.subList(start, Math.min(keys.size(), start + collection.chunk()));
        return some.isEmpty() ? List.of() : features.list(collection, some);
    }

    private List<MapFeature> laterPortion(MapCollection collection, List<FeatureKey> keys, int start)
            throws IOException {
        try {
            return portion(collection, keys, start);
        } catch (RuntimeException failure) {
            throw new IOException("the rest of the page could not be read", failure);
        }
    }

    private static void write(JsonGenerator out, MapFeature feature) {
        out.writeStringProperty("type", "Feature");
        out.writeStringProperty("id", feature.id());
        out.writeName("geometry");
        out.writeRawValue(feature.geometry());
        out.writePOJOProperty("properties", feature.properties());
    }

    private static void write(JsonGenerator out, List<Link> links) {
        out.writePOJOProperty("links", links);
    }

    interface Output {
        OutputStream open() throws IOException;
    }
}
