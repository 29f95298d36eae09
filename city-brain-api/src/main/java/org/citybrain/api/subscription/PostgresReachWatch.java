package org.citybrain.api.subscription;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.MessageJson;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tasks whose unit asked to be told of them, watched until somebody was reached or time is up. */
@Component
public class PostgresReachWatch {

    private static final String WATCH = """
            insert into api.reach_watch (task_id, incident_id, unit_code, event_id, due_at)
            select "taskId", "incidentId", "unitCode", "eventId", "dueAt"
            from json_to_recordset(:tasks::json) as t (
                "taskId" uuid, "incidentId" uuid, "unitCode" text, "eventId" text, "dueAt" timestamptz)
            on conflict (task_id) do update
            set event_id = excluded.event_id, due_at = excluded.due_at
            where reach_watch.event_id <> excluded.event_id
            """;

    private static final String FORGET = "delete from api.reach_watch where task_id = any(:tasks::uuid[])";

    /**
     * What is due is taken by one instance, and told on unless a notice of this very dispatch got through. Expects reach_watch_due and
     * notice_of_task.
     */
    private static final String SETTLE = """
            with due as (
                delete from api.reach_watch
                where task_id in (select task_id from api.reach_watch where due_at <= :now order by due_at limit :most for update skip locked)
                returning task_id, incident_id, unit_code, event_id)
            insert into api.receipt (kind, incident_id, task_id, event_id, event, unit_code, recorded_at)
            select 'UNREACHABLE', incident_id, task_id, event_id, 'DISPATCHED_TO_UNIT', unit_code, :now
            from due
            where not exists (select from api.notice n where n.task_id = due.task_id and n.event_id = due.event_id and n.status = 'DELIVERED')
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    PostgresReachWatch(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A task to be watched.
     *
     * @param dueAt by when somebody must have been reached
     */
    public record Watched(UUID taskId, UUID incidentId, String unitCode, String eventId, Instant dueAt) {}

    public void watch(List<Watched> tasks) {
        jdbc.sql(WATCH)
                .param("tasks", MessageJson.MAPPER.writeValueAsString(tasks))
                .update();
    }

    /** Somebody has answered them, so they were reached. */
    public void forget(Collection<UUID> tasks) {
        jdbc.sql(FORGET).param("tasks", tasks.toArray(UUID[]::new)).update();
    }

    /** Tells of those for which time is up and nobody was reached. Returns how many there were. */
    int settle(int most) {
        return jdbc.sql(SETTLE)
                .param("now", moment(clock.instant()))
                .param("most", most)
                .update();
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
