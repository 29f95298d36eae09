package org.citybrain.dispatch.deadline;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.Judgement.KindMark;
import org.citybrain.dispatch.deadline.Judgement.Mark;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.MessageJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes what one batch of the sweep has decided: tasks added, tasks changed, deadlines marked, lines told; each is one statement for all
 * incidents of the batch, however many. The locks are held already.
 */
@Component
class PostgresSweptIncidents {

    private static final String ADD_TASKS = """
            insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by,
                digest, board, changed_by)
            select incident_id, id, version, tier, unit_code, role, status, :now, acknowledge_by, resolve_by, false, board, 'rule:deadline'
            from json_to_recordset(:tasks::json) as task (
                incident_id uuid, id uuid, version integer, tier text, unit_code text, role text, status text, acknowledge_by timestamptz,
                resolve_by timestamptz, board text)
            """;

    /** Expects the primary key of dispatch.task, as the next one does. */
    private static final String CHANGE_TASKS = """
            update dispatch.task t
            set version = c.version, role = c.role, status = c.status, acknowledge_by = c.acknowledge_by, resolve_by = c.resolve_by,
                digest = c.digest, dispatched_at = case when t.status <> c.status and c.status = 'DISPATCHED' then :now else t.dispatched_at end,
                acknowledge_from = case when t.acknowledge_by is distinct from c.acknowledge_by then :now else t.acknowledge_from end,
                resolve_from = case when t.resolve_by is distinct from c.resolve_by then :now else t.resolve_from end,
                changed_by = 'rule:deadline', changed_at = :now
            from json_to_recordset(:tasks::json) as c (
                incident_id uuid, id uuid, version integer, role text, status text, acknowledge_by timestamptz, resolve_by timestamptz,
                digest boolean)
            where t.incident_id = c.incident_id and t.id = c.id
            """;

    /** A task's version stays: nothing is changed of it that anybody decides on. */
    private static final String MARK_TASKS = """
            update dispatch.task t
            set acknowledge_warned_for = coalesce(m.acknowledge_warned_for, t.acknowledge_warned_for),
                acknowledge_missed_for = coalesce(m.acknowledge_missed_for, t.acknowledge_missed_for),
                acknowledge_settled_for = coalesce(m.acknowledge_settled_for, t.acknowledge_settled_for),
                resolve_warned_for = coalesce(m.resolve_warned_for, t.resolve_warned_for),
                resolve_missed_for = coalesce(m.resolve_missed_for, t.resolve_missed_for),
                resolve_settled_for = coalesce(m.resolve_settled_for, t.resolve_settled_for),
                alarm_at = m.alarm_at
            from json_to_recordset(:marks::json) as m (
                incident_id uuid, id uuid, acknowledge_warned_for timestamptz, acknowledge_missed_for timestamptz,
                acknowledge_settled_for timestamptz, resolve_warned_for timestamptz, resolve_missed_for timestamptz,
                resolve_settled_for timestamptz, alarm_at timestamptz)
            where t.incident_id = m.incident_id and t.id = m.id
            """;

    private final JdbcClient jdbc;

    private final IncidentTimeline timeline;

    PostgresSweptIncidents(JdbcClient jdbc, IncidentTimeline timeline) {
        this.jdbc = jdbc;
        this.timeline = timeline;
    }

    void store(List<SweptIncident> swept, Instant now) {
        List<Map<String, @Nullable Object>> added = new ArrayList<>();
        List<Map<String, @Nullable Object>> changed = new ArrayList<>();
        List<Map<String, @Nullable Object>> marks = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (SweptIncident incident : swept) {
            incident.added().forEach(task -> added.add(task(incident.id(), task)));
            incident.changed().forEach(task -> changed.add(task(incident.id(), task)));
            incident.marks().forEach(mark -> marks.add(mark(incident.id(), mark)));
            lines.addAll(incident.lines());
        }
        write(ADD_TASKS, "tasks", added, now);
        write(CHANGE_TASKS, "tasks", changed, now);
        jdbc.sql(MARK_TASKS)
                .param("marks", MessageJson.MAPPER.writeValueAsString(marks))
                .update();
        timeline.tell(lines, now);
    }

    private void write(String sql, String name, List<Map<String, @Nullable Object>> rows, Instant now) {
        jdbc.sql(sql)
                .param(name, MessageJson.MAPPER.writeValueAsString(rows))
                .param("now", Timestamp.from(now))
                .update();
    }

    private static Map<String, @Nullable Object> task(UUID incident, TaskState task) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("incident_id", incident);
        row.put("id", task.id());
        row.put("version", task.version());
        row.put("tier", task.tier());
        row.put("unit_code", task.unitCode());
        row.put("role", task.role());
        row.put("status", task.status());
        row.put("acknowledge_by", task.acknowledgeBy());
        row.put("resolve_by", task.resolveBy());
        row.put("digest", task.digest());
        row.put("board", task.board());
        return row;
    }

    private static Map<String, @Nullable Object> mark(UUID incident, Mark mark) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("incident_id", incident);
        row.put("id", mark.task().id());
        put(row, "acknowledge", mark.acknowledge());
        put(row, "resolve", mark.resolve());
        row.put("alarm_at", mark.alarmAt());
        return row;
    }

    private static void put(Map<String, @Nullable Object> row, String kind, KindMark mark) {
        row.put(kind + "_warned_for", mark.warnedFor());
        row.put(kind + "_missed_for", mark.missedFor());
        row.put(kind + "_settled_for", mark.settledFor());
    }
}
