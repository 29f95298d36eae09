package org.citybrain.grid.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.CoordinateSequenceFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A GeoJSON file in the making. */
final class BoundaryFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<ObjectNode> features = new ArrayList<>();

    /** The whole of a made map; the first grid of each community has two micro-grids, which alone have geometries there. */
    static BoundaryFile of(MadeMap map) {
        BoundaryFile file = new BoundaryFile();
        file.add("50", "名城市", null, null);
        map.districtCodes().forEach(code -> file.add(code, "区" + code, null, null));
        map.listStreets().forEach(code -> file.add(code, "镇" + code, null, null));
        map.listCommunities().forEach(code -> file.add(code, "村" + code, null, null));
        map.forEachGrid((code, cells) -> {
            if (code.endsWith("001") && cells.size() > 1) {
                file.add(code, "网格" + code, null, null);
                for (int i = 0; i < cells.size(); i++) {
                    file.add(code + "0" + (i + 1), "微网格" + code + "0" + (i + 1), 60L + i, cells.get(i));
                }
            } else {
                file.add(code, "网格" + code, 100L, MadeMap.union(cells));
            }
        });
        return file;
    }

    BoundaryFile add(String code, @Nullable String name, @Nullable Long population, @Nullable Geometry area) {
        ObjectNode feature = feature(code);
        ObjectNode properties = (ObjectNode) feature.get("properties");
        properties.put("name", name);
        properties.put("population", population);
        feature.set("geometry", geometry(area));
        return this;
    }

    /** The unit goes on under another code. */
    BoundaryFile move(String formerCode, String code) {
        ((ObjectNode) feature(code).get("properties")).put("formerCode", formerCode);
        return this;
    }

    BoundaryFile abolish(String code) {
        ((ObjectNode) feature(code).get("properties")).put("abolished", true);
        return this;
    }

    BoundaryFile draw(String code, Geometry area) {
        feature(code).set("geometry", geometry(area));
        return this;
    }

    BoundaryFile without(String code) {
        features.removeIf(feature -> codeOf(feature).equals(code));
        return this;
    }

    /** The feature of a unit, to break it. */
    ObjectNode get(String code) {
        return features.stream()
                .filter(feature -> codeOf(feature).equals(code))
                .findFirst()
                .orElseThrow();
    }

    BoundaryFile again(String code) {
        features.add(get(code).deepCopy());
        return this;
    }

    int size() {
        return features.size();
    }

    String text() {
        ObjectNode collection = JSON.createObjectNode();
        collection.put("type", "FeatureCollection");
        collection.set("features", JSON.createArrayNode().addAll(features));
        return collection.toString();
    }

    private ObjectNode feature(String code) {
        ObjectNode feature = JSON.createObjectNode();
        feature.put("type", "Feature");
        feature.set("properties", JSON.createObjectNode().put("code", code));
        feature.putNull("geometry");
        features.add(feature);
        return feature;
    }

    private static String codeOf(ObjectNode feature) {
        return feature.get("properties").get("code").asString();
    }

    static @Nullable ObjectNode geometry(@Nullable Geometry area) {
        if (area == null) {
            return null;
        }
        ObjectNode node = JSON.createObjectNode();
        node.put("type", area.getGeometryType());
        if (area instanceof Polygon polygon) {
            node.set("coordinates", rings(polygon));
        } else {
            ArrayNode polygons = node.putArray("coordinates");
            for (int i = 0; i < ((MultiPolygon) area).getNumGeometries(); i++) {
                polygons.add(rings((Polygon) area.getGeometryN(i)));
            }
        }
        return node;
    }

    private static ArrayNode rings(Polygon polygon) {
        ArrayNode rings = JSON.createArrayNode();
        rings.add(positions(polygon.getExteriorRing().getCoordinates()));
        for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
            rings.add(positions(polygon.getInteriorRingN(i).getCoordinates()));
        }
        return rings;
    }

    private static ArrayNode positions(Coordinate[] ring) {
        ArrayNode positions = JSON.createArrayNode();
        for (Coordinate place : ring) {
            positions.add(JSON.createArrayNode().add(place.x).add(place.y));
        }
        return positions;
    }

    /** The same area with each position at another place. */
    static Geometry shifted(Geometry area, UnaryOperator<Coordinate> shift) {
        Geometry copy = area.copy();
        copy.apply(new CoordinateSequenceFilter() {
            @Override
            public void filter(CoordinateSequence positions, int i) {
                Coordinate place = shift.apply(positions.getCoordinate(i).copy());
                positions.setOrdinate(i, 0, place.x);
                positions.setOrdinate(i, 1, place.y);
            }

            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public boolean isGeometryChanged() {
                return true;
            }
        });
        return copy;
    }

    static String withAttributes(String text, Map<String, String> names) {
        String renamed = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            renamed = renamed.replace("\"" + name.getKey() + "\":", "\"" + name.getValue() + "\":");
        }
        return renamed;
    }
}
