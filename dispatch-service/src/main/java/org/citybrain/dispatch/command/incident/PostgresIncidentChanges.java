package org.citybrain.dispatch.command.incident;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.citybrain.dispatch.command.KnownIncident;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes of incidents that no rule decides on: they are closed, or lie elsewhere. */
@Component
class PostgresIncidentChanges {

    /** Expects the primary key of dispatch.incident, as the others do. */
    private static final String CLOSE = """
            update dispatch.incident
            set version = version + 1, status = :status, closed_at = :now, changed_at = :now, merged_into = :into::uuid
            where id = :id
            """;

    private static final String PLAN_NEXT_REPORT = """
            update dispatch.incident set situation_next_at = :now where id = :id and situation_next_at is not null
            """;

    private static final String END_TASKS = """
            update dispatch.task
            set version = version + 1, status = :status, changed_by = :actor, changed_at = :now
            where incident_id = :id and status not in ('COMPLETED', 'RETURNED')
            returning %s
            """.formatted(PostgresTaskRow.COLUMNS);

    private static final String RELOCATE = """
            update dispatch.incident
            set location = st_setsrid(st_makepoint(:longitude, :latitude), 4326), grid_code = :grid, correlation_cell = :cell
            where id = :id
            """;

    private final JdbcClient jdbc;
    private final IncidentTimeline timeline;

    PostgresIncidentChanges(JdbcClient jdbc, IncidentTimeline timeline) {
        this.jdbc = jdbc;
        this.timeline = timeline;
    }

    /** A situation report was made: the next sweep says when the one after it is due, where any is. The version stays. */
    void planNextReport(UUID id, Instant now) {
        jdbc.sql(PLAN_NEXT_REPORT)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .update();
    }

    /**
     * Ends an incident. Tasks that were still open are done where it is closed, and taken back where it was nothing, or goes on elsewhere.
     *
     * @param line that tells it
     */
    void close(KnownIncident incident, Line line, IncidentStatus status, @Nullable UUID mergedInto, Instant now) {
        UUID id = incident.state().id();
        jdbc.sql(CLOSE)
                .param("id", id)
                .param("status", status.name())
                .param("into", mergedInto)
                .param("now", Timestamp.from(now))
                .update();
        boolean isDone = status == IncidentStatus.CLOSED;
        List<TaskState> ended = endTasks(id, isDone ? TaskStatus.COMPLETED : TaskStatus.RETURNED, line.actor(), now);
        List<Line> lines = new ArrayList<>(List.of(line));
        if (!ended.isEmpty()) {
            IncidentEventKind kind = isDone ? IncidentEventKind.COMPLETED : IncidentEventKind.RETURNED;
            lines.addAll(Line.of(id, kind, line.actor(), line.traceId())
                    .telling(line.detail())
                    .withTasks(ended));
        }
        timeline.tell(lines, now);
    }

    private List<TaskState> endTasks(UUID id, TaskStatus status, String actor, Instant now) {
        return jdbc.sql(END_TASKS)
                .param("id", id)
                .param("status", status.name())
                .param("actor", actor)
                .param("now", Timestamp.from(now))
                .query((row, i) -> PostgresTaskRow.read(row))
                .list();
    }

    /** Where it lies from now on, and the cell that it is found by. */
    void relocate(UUID id, Incident.Place place) {
        jdbc.sql(RELOCATE)
                .param("id", id)
                .param("longitude", place.position().longitude())
                .param("latitude", place.position().latitude())
                .param("grid", place.gridCode())
                .param("cell", place.cell())
                .update();
    }
}
