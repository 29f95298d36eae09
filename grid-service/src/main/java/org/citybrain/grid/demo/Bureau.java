package org.citybrain.grid.demo;

import java.util.List;

/** The kinds of departments that the city and each of its districts have, in the full demo city, and what each answers for. */
enum Bureau {
    EMERGENCY_MANAGEMENT(
            "emergency-management", "应急管理局", "geohazard.landslide", "weather.windstorm", "structure.collapse"),
    FIRE_AND_RESCUE("fire-and-rescue", "消防救援支队", "fire.building", "fire.forest", "gas.leak", "elevator.trapped"),
    PUBLIC_SECURITY("public-security", "公安局", "safety.crowding", "safety.mass-incident"),
    TRAFFIC_POLICE("traffic-police", "交巡警支队", "traffic.collision", "city.parking"),
    URBAN_MANAGEMENT(
            "urban-management",
            "城市管理局",
            "city.street-lamp",
            "city.manhole-cover",
            "city.litter",
            "city.blocked-path",
            "flood.waterlogging"),
    ECOLOGY("ecology", "生态环境局", "pollution.water", "pollution.air", "city.noise"),
    HEALTH("health", "卫生健康委员会", "health.food-poisoning", "health.infectious-cluster"),
    WATER("water", "水利局", "flood.river-level", "flood.waterlogging"),
    HOUSING("housing", "住房和城乡建设委员会", "structure.collapse", "gas.leak"),
    TRANSPORT("transport", "交通局", "traffic.collision", "city.blocked-path"),
    MARKET_SUPERVISION("market-supervision", "市场监督管理局", "elevator.trapped", "health.food-poisoning"),
    NATURAL_RESOURCES("natural-resources", "规划和自然资源局", "geohazard.landslide"),
    FORESTRY("forestry", "林业局", "fire.forest"),
    JUSTICE("justice", "司法局", "service.dispute"),
    POWER_SUPPLY("power-supply", "供电公司", "power.outage");

    private final String code;
    private final String name;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> incidentTypes;

    Bureau(String code, String name, String... incidentTypes) {
        this.code = code;
        this.name = name;
        this.incidentTypes = List.of(incidentTypes);
    }

    /** The end of a department's code. */
    String code() {
        return code;
    }

    /** The end of a department's name. */
    String ending() {
        return name;
    }

    List<String> incidentTypes() {
        return incidentTypes;
    }
}
