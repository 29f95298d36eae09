package org.citybrain.api.command;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the person sees an incident: row-level security answers. */
@Component
class SeenIncidentQueries {

    // Index: the primary key of one partition
    private static final String SEEN = """
            select count(*) > 0 from dispatch.incident_view where id = :id
            """;

    private final JdbcClient jdbc;

    SeenIncidentQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isSeen(UUID id) {
        return jdbc.sql(SEEN).param("id", id).query(Boolean.class).single();
    }
}
