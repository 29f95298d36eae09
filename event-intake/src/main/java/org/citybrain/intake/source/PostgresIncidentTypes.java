package org.citybrain.intake.source;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The item catalogue in force, from dispatch-service's view. */
@Repository
class PostgresIncidentTypes {

    private static final String LIST = "select code from dispatch.incident_type_view";

    private final JdbcClient jdbc;

    PostgresIncidentTypes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Set<String> list() {
        return new TreeSet<>(jdbc.sql(LIST).query(String.class).list());
    }
}
