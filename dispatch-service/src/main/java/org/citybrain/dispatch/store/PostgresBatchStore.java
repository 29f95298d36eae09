package org.citybrain.dispatch.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a whole batch: the offsets first, then every table by one binary COPY, then the changes of incidents and tasks that were there
 * already by one UPDATE each. The number of statements is the same for every batch, also where there is nothing to write.
 */
@Component
public class PostgresBatchStore {

    private static final String REPORT_KEYS =
            "copy dispatch.report_key (report_id, received_at, content_digest) from stdin (format binary)";

    private static final String REPORTS = """
            copy dispatch.report (received_at, report_id, outcome, incident_id, reason, source_kind, source_id, type, occurred_at, \
            location, grid_code, report, trace_id) from stdin (format binary)""";

    private static final String DUPLICATES = """
            copy dispatch.duplicate_report (received_at, report_id, source_id, differs, topic, partition, record_offset) \
            from stdin (format binary)""";

    private static final String PARKED = """
            copy dispatch.parked_report (id, parked_at, report_id, source_id, received_at, reason, detail, status, topic, partition, \
            record_offset, headers, payload, trace_id) from stdin (format binary)""";

    private static final String OUTCOMES = """
            copy dispatch.batch_outcome (recorded_at, topic, partition, first_offset, source_id, hour, outcome, reports) \
            from stdin (format binary)""";

    private static final String INCIDENTS = """
            copy dispatch.incident (id, version, status, opened_at, type, category, board, location, grid_code, unit_codes, \
            commanding_unit, level, scope, needs_person, corroborated, correlation_cell, first_occurred_at, last_occurred_at, \
            report_count, sources, footprint, uncounted_footprint, people_reported, deaths, serious_injuries, loss_yuan, nothing_known, \
            people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version, routing_version, \
            correlation_version, catalogue_version, map_version, changed_at) from stdin (format binary)""";

    private static final String TASKS = """
            copy dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, \
            digest) from stdin (format binary)""";

    private static final String EVENTS = """
            copy dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, report_id, status_before, \
            status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail, trace_id) \
            from stdin (format binary)""";

    /** Expects the primary key of dispatch.incident. Touches no indexed column, so that the rows can be updated in place (HOT). */
    private static final String CHANGE_INCIDENTS = """
            update dispatch.incident i
            set version = c.version, level = c.level, scope = c.scope, needs_person = c.needs_person, corroborated = c.corroborated,
                commanding_unit = c.commanding_unit, unit_codes = c.unit_codes, first_occurred_at = c.first_occurred_at,
                last_occurred_at = c.last_occurred_at, report_count = c.report_count, sources = c.sources, footprint = c.footprint,
                uncounted_footprint = c.uncounted_footprint, people_reported = c.people_reported, deaths = c.deaths,
                serious_injuries = c.serious_injuries, loss_yuan = c.loss_yuan, nothing_known = c.nothing_known,
                people_affected = c.people_affected, people_basis = c.people_basis, area_km2 = c.area_km2, area_basis = c.area_basis,
                grade = c.grade, changed_at = :now
            from json_to_recordset(:changes::json) as c (
                id uuid, version integer, level text, scope text, needs_person boolean, corroborated boolean, commanding_unit text,
                unit_codes text[], first_occurred_at timestamptz, last_occurred_at timestamptz, report_count integer, sources text[],
                footprint geometry, uncounted_footprint geometry, people_reported bigint, deaths bigint, serious_injuries bigint,
                loss_yuan bigint, nothing_known boolean, people_affected bigint, people_basis text, area_km2 double precision,
                area_basis text, grade json)
            where i.id = c.id
            """;

    /** Expects the primary key of dispatch.task. */
    private static final String CHANGE_TASKS = """
            update dispatch.task t
            set version = c.version, role = c.role, acknowledge_by = c.acknowledge_by, resolve_by = c.resolve_by, digest = c.digest
            from json_to_recordset(:changes::json) as c (
                incident_id uuid, id uuid, version integer, role text, acknowledge_by timestamptz, resolve_by timestamptz, digest boolean)
            where t.incident_id = c.incident_id and t.id = c.id
            """;

    private final JdbcTemplate jdbcTemplate;
    private final JdbcClient jdbc;
    private final PostgresOffsets offsets;

    PostgresBatchStore(JdbcTemplate jdbcTemplate, JdbcClient jdbc, PostgresOffsets offsets) {
        this.jdbcTemplate = jdbcTemplate;
        this.jdbc = jdbc;
        this.offsets = offsets;
    }

    /**
     * Stores a batch and moves its offsets. All locks are held already: from here on the transaction has an id.
     *
     * @throws org.citybrain.dispatch.consume.StaleOffsets if the batch does not begin at the stored offsets
     */
    public void store(List<OffsetRange> ranges, BatchResult result) {
        offsets.move(ranges);
        write(result, true);
        PostgresCopy outcomes = new PostgresCopy(OUTCOMES);
        countOutcomes(result).forEach((line, reports) -> addOutcome(outcomes, line, reports, result.decidedAt()));
        copy(List.of(outcomes));
    }

    /**
     * Stores what has become of a parked report that was tried again: one parked less in the ledger.
     *
     * @param keyIsStored its id was counted when it was parked
     */
    public void storeRetried(BatchResult result, boolean keyIsStored) {
        write(result, !keyIsStored);
        PostgresCopy outcomes = new PostgresCopy(OUTCOMES);
        countOutcomes(result).forEach((line, reports) -> {
            addOutcome(outcomes, line.with(Outcome.PARKED), -reports, result.decidedAt());
            addOutcome(outcomes, line, reports, result.decidedAt());
        });
        copy(List.of(outcomes));
    }

    private void write(BatchResult result, boolean withKeys) {
        RecordDecision recordDecision = new RecordDecision(result.policies(), result.decidedAt());
        List<RecordedDecision> recorded =
                result.decisions().stream().map(recordDecision::record).toList();

        PostgresCopy reportKeys = new PostgresCopy(REPORT_KEYS);
        PostgresCopy reports = new PostgresCopy(REPORTS);
        PostgresCopy duplicates = new PostgresCopy(DUPLICATES);
        PostgresCopy parked = new PostgresCopy(PARKED);
        for (Settlement settlement : result.settlements()) {
            switch (settlement.outcome()) {
                case OPENED, MERGED, REJECTED -> {
                    if (withKeys) {
                        addKey(reportKeys, settlement.consumed().get());
                    }
                    addReport(reports, settlement);
                }
                case DUPLICATE -> addDuplicate(duplicates, settlement);
                case PARKED -> {
                    if (settlement.consumed().report() != null) {
                        addKey(reportKeys, settlement.consumed().get());
                    }
                    addParked(parked, settlement, result.decidedAt());
                }
                case DISCARDED -> throw new IllegalStateException("a batch discards nothing: a person does");
            }
        }
        PostgresCopy incidents = new PostgresCopy(INCIDENTS);
        PostgresCopy tasks = new PostgresCopy(TASKS);
        PostgresCopy events = new PostgresCopy(EVENTS);
        for (RecordedDecision decision : recorded) {
            if (decision.isNew()) {
                addIncident(incidents, decision, result);
            }
            decision.newTasks().forEach(task -> addTask(tasks, decision.incident(), task));
            decision.lines().forEach(line -> addEvent(events, decision, line, result.decidedAt()));
        }
        copy(List.of(reportKeys, reports, duplicates, parked, incidents, tasks, events));
        changeIncidents(recorded, result.decidedAt());
        changeTasks(recorded);
    }

    private void copy(List<PostgresCopy> copies) {
        jdbcTemplate.execute((ConnectionCallback<@Nullable Void>) connection -> {
            var copyManager = connection.unwrap(PGConnection.class).getCopyAPI();
            for (PostgresCopy copy : copies) {
                copy.send(copyManager);
            }
            return null;
        });
    }

    private static void addKey(PostgresCopy copy, ReportReceived received) {
        copy.row()
                .uuid(received.reportId())
                .timestamp(received.receivedAt())
                .int8(Long.parseUnsignedLong(received.contentDigest(), 16));
    }

    private static void addReport(PostgresCopy copy, Settlement settlement) {
        ReportReceived received = settlement.consumed().get();
        Report report = received.report();
        copy.row()
                .timestamp(received.receivedAt())
                .uuid(received.reportId())
                .name(settlement.outcome())
                .uuid(settlement.incidentId())
                .name(settlement.reason())
                .name(report.source().kind())
                .text(report.source().id())
                .text(report.type())
                .timestamp(report.occurredAt())
                .point(received.position())
                .text(settlement.gridCode())
                .bytes(settlement.consumed().value())
                .text(settlement.consumed().traceId());
    }

    private static void addDuplicate(PostgresCopy copy, Settlement settlement) {
        ConsumedReport consumed = settlement.consumed();
        copy.row()
                .timestamp(consumed.receivedAt())
                .uuid(consumed.reportId())
                .text(consumed.sourceId())
                .bool(settlement.differs())
                .text(consumed.topic())
                .int4(consumed.partition())
                .int8(consumed.offset());
    }

    private static void addParked(PostgresCopy copy, Settlement settlement, Instant now) {
        ConsumedReport consumed = settlement.consumed();
        copy.row()
                .uuid(IncidentId.ofParked(
                        consumed.receivedAt(), consumed.topic(), consumed.partition(), consumed.offset()))
                .timestamp(now)
                .uuid(consumed.reportId())
                .text(consumed.sourceId())
                .timestamp(consumed.receivedAt())
                .name(settlement.reason())
                .text(settlement.detail() == null ? "" : settlement.detail())
                .name(Outcome.PARKED)
                .text(consumed.topic())
                .int4(consumed.partition())
                .int8(consumed.offset())
                .text(MessageJson.MAPPER.writeValueAsString(consumed.headersAsText()))
                .bytes(consumed.value())
                .text(consumed.traceId());
    }

    private static void addIncident(PostgresCopy copy, RecordedDecision decision, BatchResult result) {
        Incident incident = decision.incident();
        var item = result.policies().catalogue().document().get(incident.type());
        copy.row()
                .uuid(incident.id())
                .int4(decision.version())
                .name(decision.status())
                .timestamp(incident.openedAt())
                .text(incident.type())
                .name(item.category())
                .text(item.board())
                .point(incident.position())
                .text(incident.gridCode())
                .texts(incident.units())
                .text(decision.holding().commandingUnit())
                .name(decision.holding().level())
                .name(decision.holding().scope())
                .bool(decision.holding().needsPerson())
                .bool(decision.holding().corroborated())
                .int8(incident.correlationCell())
                .timestamp(incident.firstOccurredAt())
                .timestamp(incident.lastOccurredAt())
                .int4(incident.reportCount())
                .texts(incident.sources())
                .geometry(incident.footprint())
                .geometry(incident.uncountedFootprint())
                .int8(incident.peopleReported())
                .int8(incident.deaths())
                .int8(incident.seriousInjuries())
                .int8(incident.lossYuan())
                .bool(incident.nothingKnown())
                .int8(decision.grade().peopleAffected())
                .name(decision.grade().peopleBasis())
                .float8(decision.grade().areaSquareKilometers())
                .name(decision.grade().areaBasis())
                .text(decision.holding().gradeJson())
                .text(decision.pictureJson() == null ? "{}" : decision.pictureJson())
                .int4(result.policies().grading().version())
                .int4(result.policies().routing().version())
                .int4(result.policies().correlation().version())
                .int4(result.policies().catalogue().version())
                .int8(decision.mapVersion())
                .timestamp(result.decidedAt());
    }

    private static void addTask(PostgresCopy copy, Incident incident, TaskState task) {
        copy.row()
                .uuid(incident.id())
                .uuid(task.id())
                .int4(task.version())
                .name(task.tier())
                .text(task.unitCode())
                .name(task.role())
                .name(task.status())
                .timestamp(task.dispatchedAt())
                .timestamp(task.acknowledgeBy())
                .timestamp(task.resolveBy())
                .bool(task.digest());
    }

    private static void addEvent(PostgresCopy copy, RecordedDecision decision, TimelineLine line, Instant now) {
        copy.row()
                .uuid(decision.incident().id())
                .timestamp(now)
                .name(line.kind())
                .int4(line.version())
                .text(line.actor())
                .uuid(line.reportId())
                .name(line.statusBefore())
                .name(line.statusAfter())
                .name(line.holding().level())
                .name(line.holding().scope())
                .text(line.holding().commandingUnit())
                .int4(line.reportCount())
                .int8(decision.grade().peopleAffected())
                .float8(decision.grade().areaSquareKilometers())
                .text(line.detailJson())
                .text(line.traceId());
    }

    private void changeIncidents(List<RecordedDecision> recorded, Instant now) {
        List<Map<String, @Nullable Object>> changes = recorded.stream()
                .filter(d -> !d.isNew())
                .map(PostgresBatchStore::incidentChange)
                .toList();
        jdbc.sql(CHANGE_INCIDENTS)
                .param("changes", MessageJson.MAPPER.writeValueAsString(changes))
                .param("now", java.sql.Timestamp.from(now))
                .update();
    }

    private static Map<String, @Nullable Object> incidentChange(RecordedDecision decision) {
        Incident incident = decision.incident();
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("id", incident.id());
        change.put("version", decision.version());
        change.put("level", decision.holding().level());
        change.put("scope", decision.holding().scope());
        change.put("needs_person", decision.holding().needsPerson());
        change.put("corroborated", decision.holding().corroborated());
        change.put("commanding_unit", decision.holding().commandingUnit());
        change.put("unit_codes", incident.units());
        change.put("first_occurred_at", incident.firstOccurredAt());
        change.put("last_occurred_at", incident.lastOccurredAt());
        change.put("report_count", incident.reportCount());
        change.put("sources", incident.sources());
        change.put("footprint", hex(incident.footprint()));
        change.put("uncounted_footprint", hex(incident.uncountedFootprint()));
        change.put("people_reported", incident.peopleReported());
        change.put("deaths", incident.deaths());
        change.put("serious_injuries", incident.seriousInjuries());
        change.put("loss_yuan", incident.lossYuan());
        change.put("nothing_known", incident.nothingKnown());
        change.put("people_affected", decision.grade().peopleAffected());
        change.put("people_basis", decision.grade().peopleBasis());
        change.put("area_km2", decision.grade().areaSquareKilometers());
        change.put("area_basis", decision.grade().areaBasis());
        change.put("grade", MessageJson.MAPPER.readTree(decision.holding().gradeJson()));
        return change;
    }

    private void changeTasks(List<RecordedDecision> recorded) {
        List<TaskChange> changes = new ArrayList<>();
        for (RecordedDecision decision : recorded) {
            for (TaskState task : decision.changedTasks()) {
                changes.add(new TaskChange(decision.incident().id(), task));
            }
        }
        jdbc.sql(CHANGE_TASKS)
                .param(
                        "changes",
                        MessageJson.MAPPER.writeValueAsString(
                                changes.stream().map(TaskChange::columns).toList()))
                .update();
    }

    private static Map<OutcomeLine, Long> countOutcomes(BatchResult result) {
        Map<OutcomeLine, Long> counts = new LinkedHashMap<>();
        Map<OutcomeLine, Long> firstOffsets = new LinkedHashMap<>();
        for (Settlement settlement : result.settlements()) {
            ConsumedReport consumed = settlement.consumed();
            OutcomeLine line = new OutcomeLine(
                    consumed.topic(),
                    consumed.partition(),
                    0,
                    consumed.sourceId(),
                    consumed.receivedAt().truncatedTo(ChronoUnit.HOURS),
                    settlement.outcome());
            firstOffsets.putIfAbsent(line, consumed.offset());
            counts.merge(line, 1L, Long::sum);
        }
        Map<OutcomeLine, Long> lines = new LinkedHashMap<>();
        counts.forEach((line, reports) -> lines.put(line.from(firstOffsets.getOrDefault(line, 0L)), reports));
        return lines;
    }

    private static void addOutcome(PostgresCopy copy, OutcomeLine line, long reports, Instant now) {
        copy.row()
                .timestamp(now)
                .text(line.topic())
                .int4(line.partition())
                .int8(line.firstOffset())
                .text(line.sourceId())
                .timestamp(line.hour())
                .name(line.outcome())
                .int8(reports);
    }

    private static @Nullable String hex(@Nullable Geometry geometry) {
        return geometry == null ? null : HexFormat.of().formatHex(PostgresCopy.ewkb(geometry));
    }

    private record OutcomeLine(
            String topic, int partition, long firstOffset, String sourceId, Instant hour, Outcome outcome) {

        OutcomeLine with(Outcome other) {
            return new OutcomeLine(topic, partition, firstOffset, sourceId, hour, other);
        }

        OutcomeLine from(long offset) {
            return new OutcomeLine(topic, partition, offset, sourceId, hour, outcome);
        }
    }

    private record TaskChange(UUID incidentId, TaskState task) {

        Map<String, @Nullable Object> columns() {
            Map<String, @Nullable Object> columns = new LinkedHashMap<>();
            columns.put("incident_id", incidentId);
            columns.put("id", task.id());
            columns.put("version", task.version());
            columns.put("role", task.role());
            columns.put("acknowledge_by", task.acknowledgeBy());
            columns.put("resolve_by", task.resolveBy());
            columns.put("digest", task.digest());
            return columns;
        }
    }
}
