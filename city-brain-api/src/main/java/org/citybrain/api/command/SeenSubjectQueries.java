package org.citybrain.api.command;

import java.util.UUID;
import org.citybrain.access.command.SubjectKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the person sees what a command is on: row-level security answers. */
@Component
class SeenSubjectQueries {

    // Index: the primary key of one partition
    private static final String INCIDENT = """
            select count(*) > 0 from dispatch.incident_view where id = :id
            """;

    // Index: the primary key of one partition: a task's id begins with its incident's millisecond
    private static final String TASK = """
            select count(*) > 0
            from dispatch.task_view
            where id = :id and incident_id between :lowest and :highest
            """;

    // Index: the primary key
    private static final String CHECK_IN = """
            select count(*) > 0 from dispatch.check_in_view where id = :id
            """;

    private static final long BELOW_THE_MILLISECOND = 0xFFFFL;

    private final JdbcClient jdbc;

    SeenSubjectQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean isSeen(SubjectKind kind, UUID id) {
        return switch (kind) {
            case INCIDENT ->
                jdbc.sql(INCIDENT).param("id", id).query(Boolean.class).single();
            case TASK ->
                jdbc.sql(TASK)
                        .param("id", id)
                        .param("lowest", new UUID(id.getMostSignificantBits() & ~BELOW_THE_MILLISECOND, 0))
                        .param("highest", new UUID(id.getMostSignificantBits() | BELOW_THE_MILLISECOND, -1))
                        .query(Boolean.class)
                        .single();
            case CHECK_IN ->
                jdbc.sql(CHECK_IN).param("id", id).query(Boolean.class).single();
        };
    }
}
