package org.citybrain.dispatch.command.incident;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes of incidents that no rule decides on: they are closed, or lie elsewhere. */
@Component
class PostgresIncidentChanges {

    /** A line is published as one message, which may not be larger than a megabyte. */
    private static final int MOST_TASKS_PER_LINE = 500;

    /** Expects the primary key of dispatch.incident, as the others do. */
    private static final String CLOSE = """
            update dispatch.incident
            set version = version + 1, status = :status, closed_at = :now, changed_at = :now, merged_into = :into::uuid
            where id = :id
            """;

    private static final String RETURN_TASKS = """
            update dispatch.task
            set version = version + 1, status = 'RETURNED'
            where incident_id = :id and status not in ('COMPLETED', 'RETURNED')
            returning %s
            """.formatted(PostgresTaskRow.COLUMNS);

    private static final String TELL = """
            insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_before,
                status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail, trace_id)
            select id, :now, :kind, version, :actor, :before, status, level, scope, commanding_unit, report_count,
                   people_affected, area_km2, :detail::json, :trace_id
            from dispatch.incident
            where id = :id
            """;

    private static final String RELOCATE = """
            update dispatch.incident
            set location = st_setsrid(st_makepoint(:longitude, :latitude), 4326), grid_code = :grid, correlation_cell = :cell
            where id = :id
            """;

    private final JdbcClient jdbc;

    PostgresIncidentChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Ends an incident; the tasks that were still open are taken back. */
    void close(
            KnownIncident incident, PersonsWord word, IncidentStatus status, @Nullable UUID mergedInto, Instant now) {
        UUID id = incident.state().id();
        jdbc.sql(CLOSE)
                .param("id", id)
                .param("status", status.name())
                .param("into", mergedInto)
                .param("now", Timestamp.from(now))
                .update();
        List<TaskState> returned = jdbc.sql(RETURN_TASKS)
                .param("id", id)
                .query((row, i) -> PostgresTaskRow.read(row))
                .list();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", word.reason());
        detail.putAll(word.detail());
        IncidentStatus before = incident.state().status();
        tell(id, word.kind(), word, before, detail, now);
        for (int from = 0; from < returned.size(); from += MOST_TASKS_PER_LINE) {
            Map<String, Object> withTasks = new LinkedHashMap<>(detail);
            withTasks.put("tasks", returned.subList(from, Math.min(from + MOST_TASKS_PER_LINE, returned.size())));
            tell(id, IncidentEventKind.RETURNED, word, status, withTasks, now);
        }
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

    private void tell(
            UUID id,
            IncidentEventKind kind,
            PersonsWord word,
            IncidentStatus before,
            Map<String, Object> detail,
            Instant now) {
        jdbc.sql(TELL)
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("kind", kind.name())
                .param("actor", word.actor())
                .param("before", before.name())
                .param("detail", MessageJson.MAPPER.writeValueAsString(detail))
                .param("trace_id", word.traceId())
                .update();
    }
}
