package org.citybrain.api.catalogue;

import org.citybrain.api.incident.TypeNames;
import org.citybrain.api.row.Row;
import org.citybrain.messages.IncidentCategory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

@Component
class IncidentTypeQueries {

    // Index: the primary key of dispatch.policy; the versions of a kind are few
    private static final String IN_FORCE = """
            select version, (document -> 'types')::text as types
            from dispatch.policy_view
            where kind = 'item-catalogue' and status = 'EFFECTIVE'
            """;

    private final JdbcClient jdbc;

    IncidentTypeQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the catalogue in force; there is always one. */
    IncidentTypes get() {
        Row row = Row.list(jdbc.sql(IN_FORCE)).getFirst();
        return new IncidentTypes(
                row.integer("version"),
                row.json("types").valueStream().map(IncidentTypeQueries::type).toList());
    }

    private static IncidentType type(JsonNode type) {
        JsonNode names = type.path("names");
        return new IncidentType(
                type.path("code").asString(),
                IncidentCategory.valueOf(type.path("category").asString()),
                new TypeNames(names.path("zh-CN").asString(), names.path("en").asString()));
    }
}
