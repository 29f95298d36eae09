package org.citybrain.dispatch.command;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.citybrain.messages.IncidentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves incidents that stay open, or are opened again, in dispatch.incident. */
@Component
public class PostgresIncidentStatus {

    /** Expects the primary key of dispatch.incident. */
    private static final String MOVE = """
            update dispatch.incident
            set version = version + 1, status = :status, closed_at = case when :status = 'CLOSED' then closed_at end,
                commanding_unit = coalesce(:unit::text, commanding_unit), changed_at = :now
            where id = :id
            """;

    private final JdbcClient jdbc;

    PostgresIncidentStatus(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives an incident this status, which may be the one that it has, and the next version. */
    public void move(UUID id, IncidentStatus status, Instant now) {
        move(id, status, null, now);
    }

    /** The same with another unit in command; absent: the one that it has. */
    public void move(UUID id, IncidentStatus status, @Nullable String commandingUnit, Instant now) {
        jdbc.sql(MOVE)
                .param("id", id)
                .param("status", status.name())
                .param("unit", commandingUnit)
                .param("now", Timestamp.from(now))
                .update();
    }
}
