package org.citybrain.dispatch.command.incident;

import java.util.Optional;
import java.util.UUID;
import org.citybrain.messages.UnitCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has asked for support, by the timeline. */
@Component
class SupportQueries {

    /** Expects the primary key of dispatch.incident_event: the lines of one incident. */
    private static final String UNIT = """
            select detail ->> 'unit' as unit
            from dispatch.incident_event
            where incident_id = :incident and kind = 'SUPPORT_REQUESTED' and detail ->> 'request' = :request
            """;

    private final JdbcClient jdbc;

    SupportQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The unit that has asked; empty where there is no such request. */
    Optional<UnitCode> findUnit(UUID incident, UUID request) {
        return jdbc.sql(UNIT)
                .param("incident", incident)
                .param("request", request.toString())
                .query((row, i) -> new UnitCode(row.getString("unit")))
                .optional();
    }
}
