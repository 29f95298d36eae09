package org.citybrain.grid.ogc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitKind;
import org.jspecify.annotations.Nullable;

/** The collections of features: each tier of units, and each layer beside them. */
enum MapCollection {
    CITY(Tier.CITY, "City", "The city as a whole.", 1),
    DISTRICTS(Tier.DISTRICT, "Districts and counties", "Districts and counties (GB/T 2260).", 5),
    STREETS(Tier.STREET, "Streets and towns", "Streets, towns and townships (GB/T 10114).", 25),
    COMMUNITIES(Tier.COMMUNITY, "Villages and communities", "Residents' and villagers' committees (NBS).", 100),
    GRIDS(Tier.GRID, "Grids", "Grids (GB/T 30428.1): the smallest units that have somebody to execute.", 250),
    MICRO_GRIDS(Tier.MICRO_GRID, "Micro-grids", "Micro-grids: parts of a grid, where it has any.", 250),
    KEY_PLACES("KEY_PLACE", "Key places", "Schools, hospitals, chemical plants, metro hubs, reservoirs."),
    DEVICES("DEVICE", "Devices", "Sensors and cameras where they stand."),
    RESPONSIBILITY_AREAS(
            "RESPONSIBILITY_AREA",
            "Responsibility areas",
            "Areas that a department answers for; they need not follow the borders of units."),
    ONLINE_GRIDS("ONLINE_GRID", "Online grids", "Grids of the net, each bound to a grid on the ground."),
    WATCH_AREAS("WATCH_AREA", "Watch areas", "Areas that are watched for a time.");

    private static final Property PROVENANCE = Property.of("provenance", "string", "Where it comes from.", "SYNTHETIC")
            .filtering();
    private static final Property VALID_FROM =
            Property.of("validFrom", "date-time", "From when it holds.", "2023-06-29T16:00:00Z");
    private static final Property VALID_TO = Property.of(
                    "validTo",
                    "date-time",
                    "When it ends, itself no more part of it; null: no end is known.",
                    "2025-11-06T00:00:00Z")
            .sometimes();

    private final @Nullable Tier tier;
    private final @Nullable String layer;
    private final String title;
    private final String description;
    private final int chunk;

    /** @param chunk how many features are held at once: the larger the units, the fewer */
    MapCollection(Tier tier, String title, String description, int chunk) {
        this.tier = tier;
        this.layer = null;
        this.title = title;
        this.description = description;
        this.chunk = chunk;
    }

    MapCollection(String layer, String title, String description) {
        this.tier = null;
        this.layer = layer;
        this.title = title;
        this.description = description;
        this.chunk = 250;
    }

    static Optional<MapCollection> find(String id) {
        return Arrays.stream(values())
                .filter(collection -> collection.id().equals(id))
                .findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Nullable
    Tier tier() {
        return tier;
    }

    @Nullable
    String layer() {
        return layer;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    int chunk() {
        return chunk;
    }

    List<Property> properties() {
        return tier == null ? layerProperties() : unitProperties(tier);
    }

    Set<String> filters() {
        return properties().stream()
                .filter(Property::filters)
                .map(Property::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<Property> unitProperties(Tier tier) {
        Property kind = Property.of(
                        "kind",
                        "string",
                        "What it is by law, read from its code.",
                        kinds(tier).getFirst())
                .oneOf(kinds(tier));
        return List.of(
                Property.of("code", "string", "Its code, which is the feature's id too.", "500103")
                        .filtering(),
                Property.of("name", "string", "Its name.", "渝中区").filtering(),
                Property.of("tier", "string", "Its tier.", tier.name()).oneOf(List.of(tier.name())),
                kinds(tier).size() == 1 ? kind : kind.filtering(),
                Property.of("parentCode", "string", "The code of the unit above; null for the city.", "50")
                        .filtering()
                        .sometimes(),
                Property.of("population", "int64", "Residents.", "588717"),
                Property.of("areaSquareKilometers", "number", "On the ellipsoid.", "23.71"),
                PROVENANCE.oneOf(List.of("SYNTHETIC", "IMPORTED")),
                Property.of("mapVersion", "int64", "The version of the map that brought it.", "1"),
                VALID_FROM,
                VALID_TO,
                Property.of("formerCode", "string", "The code that it had before.", "500112")
                        .sometimes());
    }

    private List<Property> layerProperties() {
        return List.of(
                Property.of("name", "string", "Its name.", "七星岗小学").filtering(),
                Property.of("kind", "string", "What it is.", "SCHOOL").filtering(),
                Property.of(
                                "unitCode",
                                "string",
                                "The unit that keeps it, or the grid that it is bound to.",
                                "500103001003001")
                        .filtering()
                        .sometimes(),
                Property.of("departmentCode", "string", "The department that answers for it.", "urban-management")
                        .filtering()
                        .sometimes(),
                Property.of(
                                "incidentTypes",
                                "array",
                                "What a department answers for here; null: everything.",
                                "flood.waterlogging")
                        .sometimes(),
                PROVENANCE.oneOf(List.of("SYNTHETIC", "IMPORTED", "REGISTERED")),
                VALID_FROM,
                VALID_TO);
    }

    private static List<String> kinds(Tier tier) {
        Stream<UnitKind> kinds = switch (tier) {
            case CITY -> Stream.of(UnitKind.CITY);
            case DISTRICT -> Stream.of(UnitKind.DISTRICT);
            case STREET -> Stream.of(UnitKind.STREET, UnitKind.TOWN, UnitKind.TOWNSHIP, UnitKind.OTHER);
            case COMMUNITY -> Stream.of(UnitKind.RESIDENTS_COMMITTEE, UnitKind.VILLAGERS_COMMITTEE, UnitKind.OTHER);
            case GRID -> Stream.of(UnitKind.GRID);
            case MICRO_GRID -> Stream.of(UnitKind.MICRO_GRID);
        };
        return kinds.map(Enum::name).toList();
    }
}
