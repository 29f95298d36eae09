package org.citybrain.api.incident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.api.csv.CsvLine;
import org.citybrain.api.unit.GovernanceUnit;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;

/** How exported incidents are written down, one by one. */
enum ExportFormat {
    /** A table to be opened in a spreadsheet. */
    CSV("text/csv;charset=UTF-8", "csv") {
        @Override
        String head() {
            return CsvLine.of(NAMES);
        }

        @Override
        String item(IncidentSummary incident, boolean first) {
            return CsvLine.of(new ArrayList<>(row(incident).values()));
        }

        @Override
        String foot() {
            return "";
        }
    },
    /** A feature collection of points (RFC 7946), as GIS programs read it. */
    GEOJSON("application/geo+json", "geojson") {
        @Override
        String head() {
            return "{\"type\":\"FeatureCollection\",\"features\":[";
        }

        @Override
        String item(IncidentSummary incident, boolean first) {
            Map<String, Object> geometry = new LinkedHashMap<>();
            geometry.put("type", "Point");
            geometry.put(
                    "coordinates",
                    List.of(incident.location().longitude(), incident.location().latitude()));
            Map<String, Object> feature = new LinkedHashMap<>();
            feature.put("type", "Feature");
            feature.put("id", incident.id());
            feature.put("geometry", geometry);
            feature.put("properties", row(incident));
            return (first ? "\n" : ",\n") + MessageJson.MAPPER.writeValueAsString(feature);
        }

        @Override
        String foot() {
            return "\n]}\n";
        }
    };

    private static final List<String> NAMES = List.of(
            "number",
            "id",
            "type",
            "typeNameZh",
            "typeNameEn",
            "category",
            "board",
            "status",
            "level",
            "scope",
            "openedAt",
            "closedAt",
            "longitude",
            "latitude",
            "areaSquareKilometers",
            "peopleAffected",
            "peopleBasis",
            "reportCount",
            "commandingUnit",
            "commandingUnitName",
            "grid",
            "gridName",
            "version");

    private final String mediaType;
    private final String ending;

    ExportFormat(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    static ExportFormat parse(String text) {
        return switch (text) {
            case "csv" -> CSV;
            case "geojson" -> GEOJSON;
            default -> throw new IllegalArgumentException("csv or geojson");
        };
    }

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return "incidents." + ending;
    }

    abstract String head();

    abstract String item(IncidentSummary incident, boolean first);

    abstract String foot();

    private static Map<String, @Nullable Object> row(IncidentSummary incident) {
        GovernanceUnit grid = incident.chain().getLast();
        List<@Nullable Object> values = new ArrayList<>();
        values.add(incident.number());
        values.add(incident.id());
        values.add(incident.type());
        values.add(incident.typeNames().chinese());
        values.add(incident.typeNames().english());
        values.add(incident.category());
        values.add(incident.board());
        values.add(incident.status());
        values.add(incident.grade().level());
        values.add(incident.grade().scope());
        values.add(incident.openedAt());
        values.add(incident.closedAt());
        values.add(incident.location().longitude());
        values.add(incident.location().latitude());
        values.add(incident.areaSquareKilometers());
        values.add(incident.peopleAffected().value());
        values.add(incident.peopleAffected().basis());
        values.add(incident.reportCount());
        values.add(incident.commandingUnit().code());
        values.add(incident.commandingUnit().name());
        values.add(grid.code());
        values.add(grid.name());
        values.add(incident.version());
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(NAMES.get(i), values.get(i));
        }
        return named;
    }
}
