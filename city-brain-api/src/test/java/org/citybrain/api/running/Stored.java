package org.citybrain.api.running;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.citybrain.messages.Topics;
import org.citybrain.testing.Database;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Writes what the other services would have stored, straight into their tables. */
public final class Stored {

    /** A grid of the first district, and the chain above it. */
    public static final String GRID = "500112001001001";

    /** A grid of the neighbouring district. */
    public static final String OTHER_GRID = "500117101201002";

    private static final Instant MAP_SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FIRST_MONTH = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant LAST_MONTH = Instant.parse("2026-09-01T00:00:00Z");

    private static final List<String> TABLES = List.of(
            "api.evidence_upload",
            "api.evidence_sender",
            "api.evidence",
            "intake.accounted_partition",
            "intake.published_count",
            "intake.refused_report",
            "dispatch.consumed_partition",
            "dispatch.report_key",
            "dispatch.report",
            "dispatch.parked_report",
            "dispatch.batch_outcome",
            "dispatch.incident",
            "dispatch.task",
            "dispatch.delegation",
            "dispatch.incident_event",
            "dispatch.archived_month",
            "dispatch.source_label",
            "dispatch.check_in",
            "dispatch.feedback",
            "grid.department",
            "api.subscription",
            "api.reach_watch",
            "api.receipt",
            "api.hand_over",
            "grid.unit_version",
            "grid.unit",
            "grid.map_version");

    private final JdbcClient jdbc;

    Stored(Database database) {
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(
                database.jdbcUrl(), database.administrator(), database.administratorPassword(), true));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** How many queries the service ran since the last {@link #forgetStatements}. */
    public long statements() {
        return jdbc.sql("""
                        select coalesce(sum(calls), 0) from pg_stat_statements
                        where userid = 'city_brain_api'::regrole and query like '%from%'
                          and dbid = (select oid from pg_database where datname = current_database())
                        """).query(Long.class).single();
    }

    public void forgetStatements() {
        jdbc.sql("select pg_stat_statements_reset()").query().listOfRows();
    }

    /** Nothing but a map of two neighbouring districts, and partitions for the months of the tests. */
    public Stored nothing() {
        TABLES.forEach(table -> jdbc.sql("delete from " + table).update());
        jdbc.sql("select dispatch.ensure_partitions(:first, :last), intake.ensure_partitions(:first, :last)")
                .param("first", FIRST_MONTH.atOffset(ZoneOffset.UTC))
                .param("last", LAST_MONTH.atOffset(ZoneOffset.UTC))
                .query()
                .listOfRows();
        jdbc.sql("""
                        insert into grid.map_version (id, effective_from, created_at, provenance, note)
                        overriding system value values (1, :since, :since, 'SYNTHETIC', 'for tests')
                        """).param("since", MAP_SINCE.atOffset(ZoneOffset.UTC)).update();
        unit("50", "重庆市");
        unit("500112", "渝北区");
        unit("500112001", "双凤桥街道");
        unit("500112001001", "空港社区");
        unit(GRID, "空港第一网格");
        unit("500117", "合川区");
        unit("500117101", "钱塘镇");
        unit("500117101201", "大柱村");
        unit(OTHER_GRID, "大柱第二网格");
        return this;
    }

    private void unit(String code, String name) {
        jdbc.sql("insert into grid.unit (code) values (:code)")
                .param("code", code)
                .update();
        unitVersion(code, name, MAP_SINCE, null);
    }

    /** The unit was called this from one moment until another. */
    public void unitVersion(String code, String name, Instant from, @Nullable Instant to) {
        jdbc.sql("""
                        insert into grid.unit_version (code, valid_from, valid_to, map_version, name, population, boundary,
                            representative_point, area_km2, provenance, tier)
                        select :code, :from, :to, 1, :name, 1000, st_multi(st_makeenvelope(106.5, 29.5, 106.6, 29.6, 4326)),
                            st_setsrid(st_makepoint(106.55, 29.55), 4326), 107.0, 'SYNTHETIC', tier
                        from grid.unit where code = :code
                        """)
                .param("code", code)
                .param("name", name)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to == null ? null : to.atOffset(ZoneOffset.UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** An id that begins with a moment, as those of incidents and their tasks do. */
    public static UUID idAt(Instant moment, long rest) {
        return new UUID(moment.toEpochMilli() << 16 | 0x8000, 0x8000_0000_0000_0000L | rest);
    }

    /** The month of this moment was archived. */
    public void archived(Instant moment) {
        jdbc.sql("""
                        insert into dispatch.archived_month (month, first_id, next_id, incidents, reports, archived_at)
                        select m, dispatch.lowest_id_at(m at time zone 'UTC'), dispatch.lowest_id_at((m + interval '1 month') at time zone 'UTC'), 1, 1, :at
                        from date_trunc('month', :at::timestamptz at time zone 'UTC') m
                        """).param("at", moment.atOffset(ZoneOffset.UTC)).update();
    }

    public StoredIncident incident(Instant openedAt) {
        return new StoredIncident(jdbc, openedAt);
    }

    /**
     * Stores copies of an incident, opened in the same millisecond, so that it matters how they are looked for.
     *
     * @param changed what of the {@code n}-th is other: names and values for {@code jsonb_build_object}
     */
    public void copies(UUID incidentId, int count, String changed) {
        jdbc.sql("""
                        insert into dispatch.incident
                        select made.*
                        from dispatch.incident i cross join generate_series(1, :count) n
                        cross join lateral jsonb_populate_record(i, jsonb_build_object(
                            'id', left(i.id::text, 24) || lpad(to_hex(n), 12, '0'), %s)) made
                        where i.id = :id
                        """.formatted(changed))
                .param("count", count)
                .param("id", incidentId)
                .update();
        jdbc.sql("analyze dispatch.incident").update();
    }

    /** A task of an incident. Returns its id. */
    public UUID task(UUID incidentId, String unitCode, String role, String status, long number) {
        UUID id = new UUID(incidentId.getMostSignificantBits(), 0x9000_0000_0000_0000L | number);
        jdbc.sql("""
                        insert into dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at,
                            acknowledge_by, resolve_by, digest)
                        values (:incidentId, :id, 3,
                            case length(:unit) when 2 then 'CITY' when 6 then 'DISTRICT' when 9 then 'STREET'
                                when 12 then 'COMMUNITY' else 'GRID' end,
                            :unit, :role, :status, :at, case :role when 'NOTIFY' then null else :at + interval '3 minutes' end,
                            :at + interval '6 hours', false)
                        """)
                .param("incidentId", incidentId)
                .param("id", id)
                .param("unit", unitCode)
                .param("role", role)
                .param("status", status)
                .param(
                        "at",
                        Instant.ofEpochMilli(incidentId.getMostSignificantBits() >>> 16)
                                .atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    /** A line of a timeline. */
    public void event(UUID incidentId, String kind, Instant at, int version, @Nullable UUID reportId) {
        jdbc.sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, report_id,
                            status_before, status_after, level, scope, commanding_unit, report_count, people_affected, area_km2,
                            detail, trace_id)
                        values (:incidentId, :at, :kind, :version, 'rule:grading@1', :reportId, null, 'DISPATCHED', 'II', null, '50',
                            1, 640, 0.05, '{"why": "640 people"}', '4bf92f3577b34da6a3ce929d0e0e4736')
                        """)
                .param("incidentId", incidentId)
                .param("kind", kind)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("version", version)
                .param("reportId", reportId, java.sql.Types.OTHER)
                .update();
    }

    /** A line of a timeline that tells of one summons: a JSON object of what it says. */
    public void departmentLine(UUID incidentId, String kind, Instant at, String facts) {
        jdbc.sql("""
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_before,
                            status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail)
                        values (:incidentId, :at, :kind, 2, 'person:somebody', 'DISPATCHED', 'DISPATCHED', 'II', null, '50', 1, 640, 0.05,
                            json_build_object('reason', 'why', 'checkIns', json_build_array(:facts::json)))
                        """)
                .param("incidentId", incidentId)
                .param("kind", kind)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("facts", facts)
                .update();
    }

    /**
     * A department's summons, by a street of the first district, with all that came of it, and its whistle in the timeline. It was due half
     * an hour after the whistle, and made ten minutes after it. Returns its id.
     */
    public UUID checkIn(UUID incidentId, String department, String status, Instant whistledAt) {
        UUID id =
                new UUID(incidentId.getMostSignificantBits(), UUID.randomUUID().getLeastSignificantBits());
        jdbc.sql("""
                        insert into dispatch.check_in (id, incident_id, round, version, status, department_code, department_name,
                            department_unit, task_id, whistled_at, whistled_by, whistled_as, whistled_unit, reason, due_at, absent_from,
                            surroundings_m, checked_in_at, checked_in_by, location, distance_m, outside_surroundings, served_at,
                            served_by, service, evidence, rated_at, rated_by, rating, rating_reason, ended_at)
                        select :id, :incidentId, 1, 4, :status, :department, '渝北区城市管理局', '500112', gen_random_uuid(), :at,
                            'street-operator', 'OPERATOR', '500112001', 'why', :at + interval '30 minutes', :at + interval '1 day', 500,
                            case when came then :at + interval '10 minutes' end, case when came then 'department' end,
                            case when came then st_point(106.55, 29.55, 4326) end, case when came then 12.5 end,
                            case when came then false end, case when served then :at + interval '1 hour' end,
                            case when served then 'department' end, case when served then 'pumped' end,
                            case when served then '["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]'::json end,
                            case when rated then :at + interval '2 hours' end, case when rated then 'street-operator' end,
                            case when rated then 'EFFECTIVE' end, case when rated then 'dry' end,
                            case when rated or :status in ('ABSENT', 'RELEASED') then :at + interval '2 hours' end
                        from (select :status in ('CHECKED_IN', 'SERVED', 'RATED') as came, :status in ('SERVED', 'RATED') as served,
                                     :status = 'RATED' as rated) as so_far
                        """)
                .param("id", id)
                .param("incidentId", incidentId)
                .param("status", status)
                .param("department", department)
                .param("at", whistledAt.atOffset(ZoneOffset.UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        departmentLine(
                incidentId, "WHISTLED", whistledAt, """
                {"id": "%s", "department": {"code": "%s", "name": "渝北区城市管理局"}, "whistledUnit": "500112001", "dueAt": "%s",
                 "policyVersion": 1, "points": {"onTime": 100, "late": 50, "absent": 0, "ineffective": -30}}""".formatted(id, department, whistledAt.plusSeconds(1_800)));
        return id;
    }

    /** What a reporter said of an incident when it was over. */
    public void feedback(UUID incidentId, Instant at) {
        jdbc.sql("""
                        insert into dispatch.feedback (incident_id, id, round, solved, satisfaction, text, given_by, given_as, given_at)
                        values (:incidentId, gen_random_uuid(), 1, true, 5, 'quick and clean', 'grid-worker', 'REPORTER', :at)
                        """)
                .param("incidentId", incidentId)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A department that serves a unit. */
    public void department(String code, String name, String unitCode) {
        jdbc.sql("""
                        insert into grid.department (code, name, unit_code, provenance, updated_at)
                        values (:code, :name, :unit, 'REGISTERED', now())
                        """)
                .param("code", code)
                .param("name", name)
                .param("unit", unitCode)
                .update();
    }

    /** A notice that waits to be told, as of the service's own making. Returns its id. */
    public UUID notice(UUID subscription, UUID incident, String eventId, String content) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into api.notice (id, subscription_id, event_id, event, incident_id, happened_at, created_at, content, status,
                            next_attempt_at)
                        values (:id, :subscription, :eventId, 'CLOSED', :incident, :at, :at, :content::json, 'WAITING', :at)
                        """)
                .param("id", id)
                .param("subscription", subscription)
                .param("eventId", eventId)
                .param("incident", incident)
                .param("at", Instant.parse("2026-07-15T10:20:00Z").atOffset(ZoneOffset.UTC))
                .param("content", content)
                .update();
        return id;
    }

    /**
     * A change as dispatch-service makes one: the incident's next version, and a line that tells it.
     *
     * @param detail of the line, JSON
     * @return the new version
     */
    public static int change(JdbcClient jdbc, UUID incidentId, String kind, String detail) {
        return jdbc.sql("""
                        with moved as (update dispatch.incident set version = version + 1 where id = :id returning id, version)
                        insert into dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, status_before,
                            status_after, level, commanding_unit, report_count, people_affected, area_km2, detail)
                        select id, '2026-07-15T10:20:30Z', :kind, version, 'person:city-operator', 'DISPATCHED', 'DISPATCHED', 'II', '50',
                            4, 640, 0.05, :detail::json
                        from moved
                        returning incident_version
                        """)
                .param("id", incidentId)
                .param("kind", kind)
                .param("detail", detail)
                .query(Integer.class)
                .single();
    }

    /** What a line tells of a task, as far as a reader of changes looks at it. */
    public static String told(UUID taskId, int version, String unitCode, String status) {
        return """
                {"tasks": [{"id": "%s", "version": %d, "tier": "GRID", "unitCode": "%s", "role": "EXECUTE", "status": "%s",
                            "dispatchedAt": "2026-07-01T08:30:00Z", "digest": false}]}""".formatted(taskId, version, unitCode, status);
    }

    /** What dispatch-service made of a report. */
    public void report(
            UUID reportId, Instant receivedAt, String outcome, @Nullable UUID incidentId, @Nullable String reason) {
        jdbc.sql("""
                        insert into dispatch.report_key (report_id, received_at, content_digest) values (:reportId, :at, 1)
                        """)
                .param("reportId", reportId)
                .param("at", receivedAt.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                        insert into dispatch.report (received_at, report_id, outcome, incident_id, reason, source_kind, source_id,
                            type, occurred_at, location, grid_code, report)
                        values (:at, :reportId, :outcome, :incidentId, :reason, 'SENSOR', 'gw-17', 'flood.waterlogging', :at,
                            st_setsrid(st_makepoint(106.55, 29.55), 4326), :grid, '{}')
                        """)
                .param("reportId", reportId)
                .param("at", receivedAt.atOffset(ZoneOffset.UTC))
                .param("outcome", outcome)
                .param("incidentId", incidentId, java.sql.Types.OTHER)
                .param("reason", reason)
                .param("grid", GRID)
                .update();
    }

    /** What a person said of a source in an incident. */
    public void label(UUID incidentId, String sourceKind, String sourceId, String label, Instant openedAt) {
        jdbc.sql("""
                        insert into dispatch.source_label (incident_id, source_kind, source_id, label, labelled_by, labelled_at,
                            opened_at)
                        values (:incidentId, :kind, :sourceId, :label, 'person:city-operator', :at, :at)
                        """)
                .param("incidentId", incidentId)
                .param("kind", sourceKind)
                .param("sourceId", sourceId)
                .param("label", label)
                .param("at", openedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A report that dispatch-service could not process. */
    public UUID parked(UUID reportId, Instant parkedAt, String status, long offset) {
        UUID id = idAt(parkedAt, offset);
        jdbc.sql("""
                        insert into dispatch.parked_report (id, parked_at, report_id, source_id, received_at, reason, detail,
                            status, topic, partition, record_offset, headers, payload, settled_at, settled_reason)
                        values (:id, :at, :reportId, 'gw-17', :at, 'NO_GRID', 'no grid holds 107.1, 29.9', :status, :topic, 0,
                            :offset, '{"ce_id": "1"}', convert_to('{"reportId": "没有网格"}', 'UTF8'),
                            case :status when 'PARKED' then null else :at end,
                            case :status when 'PARKED' then null else 'a drill' end)
                        """)
                .param("id", id)
                .param("at", parkedAt.atOffset(ZoneOffset.UTC))
                .param("reportId", reportId)
                .param("status", status)
                .param("topic", Topics.REPORT_RECEIVED)
                .param("offset", offset)
                .update();
        return id;
    }

    /** A refusal at the gate, as event-intake keeps it. */
    public void refused(UUID reportId, Instant receivedAt, String sourceId, String reason, long offset) {
        jdbc.sql("""
                        insert into intake.refused_report (received_at, partition, record_offset, report_id, source_id, reason,
                            detail)
                        values (:at, 0, :offset, :reportId, :sourceId, :reason, 'longitude is 200: expected -180 to 180')
                        """)
                .param("at", receivedAt.atOffset(ZoneOffset.UTC))
                .param("offset", offset)
                .param("reportId", reportId)
                .param("sourceId", sourceId)
                .param("reason", reason)
                .update();
    }

    public void consumed(int partition, long nextOffset) {
        jdbc.sql("""
                        insert into dispatch.consumed_partition (topic, partition, next_offset) values (:topic, :partition, :next)
                        on conflict (topic, partition) do update set next_offset = excluded.next_offset
                        """)
                .param("topic", Topics.REPORT_RECEIVED)
                .param("partition", partition)
                .param("next", nextOffset)
                .update();
    }

    public void accounted(String topic, int partition, long nextOffset) {
        jdbc.sql("""
                        insert into intake.accounted_partition (topic, partition, next_offset) values (:topic, :partition, :next)
                        on conflict (topic, partition) do update set next_offset = excluded.next_offset
                        """)
                .param("topic", topic)
                .param("partition", partition)
                .param("next", nextOffset)
                .update();
    }

    public void published(String topic, int partition, long firstOffset, String sourceId, Instant hour, long reports) {
        jdbc.sql("""
                        insert into intake.published_count (topic, partition, first_offset, source_id, hour, reports)
                        values (:topic, :partition, :first, :sourceId, :hour, :reports)
                        """)
                .param("topic", topic)
                .param("partition", partition)
                .param("first", firstOffset)
                .param("sourceId", sourceId)
                .param("hour", hour.atOffset(ZoneOffset.UTC))
                .param("reports", reports)
                .update();
    }

    public void outcome(int partition, long firstOffset, String sourceId, Instant hour, String outcome, long reports) {
        jdbc.sql("""
                        insert into dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome,
                            reports)
                        values (:hour, :topic, :partition, :first, :sourceId, :hour, :outcome, :reports)
                        """)
                .param("topic", Topics.REPORT_RECEIVED)
                .param("partition", partition)
                .param("first", firstOffset)
                .param("sourceId", sourceId)
                .param("hour", hour.atOffset(ZoneOffset.UTC))
                .param("outcome", outcome)
                .param("reports", reports)
                .update();
    }
}
