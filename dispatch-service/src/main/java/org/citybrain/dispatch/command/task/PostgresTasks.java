package org.citybrain.dispatch.command.task;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.citybrain.dispatch.correlate.PostgresTaskRow;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tasks in dispatch.task. What changes them holds their incident's lock. */
@Component
public class PostgresTasks {

    /** Expects the primary key of one partition of dispatch.task: a task's id begins with its incident's millisecond. */
    private static final String FIND = """
            select incident_id, %s, changed_by, coalesce(changed_at, dispatched_at) as changed_at
            from dispatch.task
            where id = :id and incident_id between :lowest and :highest
            """.formatted(PostgresTaskRow.COLUMNS);

    /** Expects the primary key of dispatch.task. */
    private static final String LIST = """
            select %s from dispatch.task where incident_id = :incident order by unit_code, department_code nulls first
            """.formatted(PostgresTaskRow.COLUMNS);

    /** Expects the primary key of dispatch.task. Who has a task keeps it: unit and department never change. */
    private static final String STORE = """
            insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by,
                                       resolve_by, digest, department_code, department_name, board, changed_by, changed_at)
            select :incident, id, version, tier, "unitCode", role, status, "dispatchedAt", "acknowledgeBy", "resolveBy", digest,
                   department ->> 'code', department ->> 'name', board, :actor, :now
            from json_to_recordset(:tasks::json) as t (
                id uuid, version integer, tier text, "unitCode" text, role text, status text, "dispatchedAt" timestamptz,
                "acknowledgeBy" timestamptz, "resolveBy" timestamptz, digest boolean, department json, board text)
            on conflict (incident_id, id) do update
            set version = excluded.version, role = excluded.role, status = excluded.status,
                dispatched_at = excluded.dispatched_at,
                acknowledge_by = excluded.acknowledge_by, resolve_by = excluded.resolve_by, digest = excluded.digest,
                acknowledge_from = case when task.acknowledge_by is distinct from excluded.acknowledge_by then excluded.changed_at
                                        else task.acknowledge_from end,
                resolve_from = case when task.resolve_by is distinct from excluded.resolve_by then excluded.changed_at
                                    else task.resolve_from end,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """;

    /** Whoever has a task sees its incident, and so do those above. Expects the primary key of dispatch.incident. */
    private static final String SHOW_TO = """
            update dispatch.incident
            set visible_to = array(select distinct code from unnest(visible_to || :units::text[]) as code order by code)
            where id = :incident and not visible_to @> :units::text[]
            """;

    private static final long BELOW_THE_MILLISECOND = 0xFFFFL;

    private final JdbcClient jdbc;

    PostgresTasks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<KnownTask> find(UUID id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .param("lowest", new UUID(id.getMostSignificantBits() & ~BELOW_THE_MILLISECOND, 0))
                .param("highest", new UUID(id.getMostSignificantBits() | BELOW_THE_MILLISECOND, -1))
                .query((row, i) -> new KnownTask(
                        row.getObject("incident_id", UUID.class),
                        PostgresTaskRow.read(row),
                        row.getString("changed_by"),
                        row.getTimestamp("changed_at").toInstant()))
                .optional();
    }

    /** All tasks of an incident, from the city down. */
    public List<TaskState> list(UUID incident) {
        return jdbc.sql(LIST)
                .param("incident", incident)
                .query((row, i) -> PostgresTaskRow.read(row))
                .list();
    }

    /**
     * Stores new and changed tasks, each with the version that it has from now on.
     *
     * @param actor who or which rule changes them
     */
    public void store(UUID incident, List<TaskState> tasks, String actor, Instant now) {
        jdbc.sql(STORE)
                .param("incident", incident)
                .param("tasks", MessageJson.MAPPER.writeValueAsString(tasks))
                .param("actor", actor)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** @param units codes of units that have a task of it now, and of all above them */
    public void showTo(UUID incident, List<String> units) {
        jdbc.sql(SHOW_TO)
                .param("incident", incident)
                .param("units", units.toArray(String[]::new))
                .update();
    }
}
