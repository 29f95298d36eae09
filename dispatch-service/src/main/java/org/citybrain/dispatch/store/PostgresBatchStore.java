package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsGrade;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.MessageJson;
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

    /**
     * Expects the primary key of dispatch.incident. Of what it sets indexes hold the status, the level and who sees it alone: where these stay, the row
     * is written in its own page as long as that has room (V38), and no index (HOT). The incident keeps the routing and correlation policies that it was opened with.
     */
    private static final String CHANGE_INCIDENTS = """
            update dispatch.incident i
            set version = c.version, status = c.status, level = c.level, scope = c.scope, needs_person = c.needs_person, corroborated = c.corroborated,
                commanding_unit = c.commanding_unit, unit_codes = c.unit_codes, visible_to = c.visible_to, first_occurred_at = c.first_occurred_at,
                last_occurred_at = c.last_occurred_at, report_count = c.report_count, sources = c.sources, footprint = c.footprint,
                uncounted_footprint = c.uncounted_footprint, people_reported = c.people_reported, deaths = c.deaths,
                serious_injuries = c.serious_injuries, loss_yuan = c.loss_yuan, nothing_known = c.nothing_known,
                people_affected = c.people_affected, people_basis = c.people_basis, area_km2 = c.area_km2, area_basis = c.area_basis,
                grade = c.grade, grading_version = coalesce((c.grade ->> 'policyVersion')::integer, i.grading_version),
                catalogue_version = coalesce((c.grade ->> 'catalogueVersion')::integer, i.catalogue_version),
                map_version = coalesce((c.grade ->> 'mapVersion')::bigint, i.map_version), changed_at = :now,
                people_estimated = c.people_estimated, key_places = c.key_places, positions = c.positions, shares = c.shares,
                graded_by_person = c.graded_by_person, ruled_level = c.ruled_level, ruled_scope = c.ruled_scope
            from json_to_recordset(:changes::json) as c (
                id uuid, version integer, status text, level text, scope text, needs_person boolean, corroborated boolean, commanding_unit text,
                unit_codes text[], visible_to text[], first_occurred_at timestamptz, last_occurred_at timestamptz, report_count integer, sources text[],
                footprint geometry, uncounted_footprint geometry, people_reported bigint, deaths bigint, serious_injuries bigint,
                loss_yuan bigint, nothing_known boolean, people_affected bigint, people_basis text, area_km2 double precision,
                area_basis text, grade json, people_estimated bigint, key_places integer, positions geometry, shares json,
                graded_by_person boolean, ruled_level text, ruled_scope text)
            where i.id = c.id
            """;

    /** Expects the primary key of dispatch.task. A task's status changes under its incident's lock only, so none is undone here. */
    private static final String CHANGE_TASKS = """
            update dispatch.task t
            set version = c.version, role = c.role, status = c.status, dispatched_at = c.dispatched_at, acknowledge_by = c.acknowledge_by, resolve_by = c.resolve_by, digest = c.digest,
                acknowledge_from = case when t.acknowledge_by is distinct from c.acknowledge_by then :now else t.acknowledge_from end,
                resolve_from = case when t.resolve_by is distinct from c.resolve_by then :now else t.resolve_from end,
                changed_by = 'rule:routing', changed_at = :now
            from json_to_recordset(:changes::json) as c (
                incident_id uuid, id uuid, version integer, role text, status text, dispatched_at timestamptz, acknowledge_by timestamptz, resolve_by timestamptz, digest boolean)
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
        PostgresBatchRows rows = new PostgresBatchRows();
        LedgerLine.count(result.settlements())
                .forEach((line, reports) -> rows.addOutcome(line, reports, result.decidedAt()));
        write(rows, result, true);
    }

    /**
     * Stores what has become of a parked report that was tried again: one parked less in the ledger.
     *
     * @param keyIsStored its id was counted when it was parked
     */
    public void storeRetried(BatchResult result, boolean keyIsStored) {
        PostgresBatchRows rows = new PostgresBatchRows();
        LedgerLine.count(result.settlements()).forEach((line, reports) -> {
            rows.addOutcome(line.with(Outcome.PARKED), -reports, result.decidedAt());
            rows.addOutcome(line, reports, result.decidedAt());
        });
        write(rows, result, !keyIsStored);
    }

    /** Stores what the rules make of incidents that a person has changed. All locks are held already, and no record is settled. */
    public void storeCommand(BatchResult result) {
        write(new PostgresBatchRows(), result, false);
    }

    private void write(PostgresBatchRows rows, BatchResult result, boolean withKeys) {
        List<RecordedDecision> recorded = result.decisions().stream()
                .map(decision -> new RecordDecision(decision.policies(), result.decidedAt()).record(decision))
                .toList();
        for (Settlement settlement : result.settlements()) {
            addSettlement(rows, settlement, result.decidedAt(), withKeys);
        }
        for (RecordedDecision decision : recorded) {
            if (decision.isNew()) {
                rows.addIncident(decision, result);
            }
            decision.newTasks().forEach(task -> rows.addTask(decision.incident(), task));
            decision.lines().forEach(line -> rows.addEvent(decision, line, result.decidedAt()));
        }
        copy(rows.copies());
        changeIncidents(recorded, result);
        changeTasks(recorded, result);
    }

    private static void addSettlement(PostgresBatchRows rows, Settlement settlement, Instant now, boolean withKeys) {
        if (withKeys
                && settlement.outcome() != Outcome.DUPLICATE
                && settlement.consumed().report() != null) {
            rows.addKey(settlement.consumed().get());
        }
        switch (settlement.outcome()) {
            case OPENED, MERGED, REJECTED -> rows.addReport(settlement);
            case DUPLICATE -> rows.addDuplicate(settlement);
            case PARKED -> rows.addParked(settlement, now);
            case DISCARDED -> throw new IllegalStateException("a batch discards nothing: a person does");
        }
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

    private void changeIncidents(List<RecordedDecision> recorded, BatchResult result) {
        List<Map<String, @Nullable Object>> changes = recorded.stream()
                .filter(d -> !d.isNew())
                .map(PostgresBatchStore::incidentChange)
                .toList();
        jdbc.sql(CHANGE_INCIDENTS)
                .param("changes", MessageJson.MAPPER.writeValueAsString(changes))
                .param("now", java.sql.Timestamp.from(result.decidedAt()))
                .update();
    }

    private static Map<String, @Nullable Object> incidentChange(RecordedDecision decision) {
        Incident incident = decision.incident();
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("id", incident.id());
        change.put("version", decision.version());
        change.put("status", decision.status());
        change.put("level", decision.holding().level());
        change.put("scope", decision.holding().scope());
        change.put("needs_person", decision.holding().needsPerson());
        change.put("corroborated", decision.holding().corroborated());
        change.put("commanding_unit", decision.holding().commandingUnit());
        change.put("unit_codes", incident.units());
        change.put("visible_to", decision.visibleTo());
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
        change.put("people_estimated", decision.inputs().peopleEstimated());
        change.put("key_places", decision.inputs().keyPlaces());
        change.put("positions", hex(PostgresBatchRows.positions(incident)));
        change.put("shares", MessageJson.MAPPER.readTree(decision.sharesJson()));
        PersonsGrade personsGrade = decision.holding().personsGrade();
        change.put("graded_by_person", personsGrade != null);
        change.put("ruled_level", personsGrade == null ? null : personsGrade.ruledLevel());
        change.put("ruled_scope", personsGrade == null ? null : personsGrade.ruledScope());
        change.put("grade", MessageJson.MAPPER.readTree(decision.holding().gradeJson()));
        return change;
    }

    private void changeTasks(List<RecordedDecision> recorded, BatchResult result) {
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
                .param("now", java.sql.Timestamp.from(result.decidedAt()))
                .update();
    }

    private static @Nullable String hex(@Nullable Geometry geometry) {
        return geometry == null ? null : HexFormat.of().formatHex(PostgresCopy.ewkb(geometry));
    }

    private record TaskChange(UUID incidentId, TaskState task) {

        Map<String, @Nullable Object> columns() {
            Map<String, @Nullable Object> columns = new LinkedHashMap<>();
            columns.put("incident_id", incidentId);
            columns.put("id", task.id());
            columns.put("version", task.version());
            columns.put("role", task.role());
            columns.put("status", task.status());
            columns.put("dispatched_at", task.dispatchedAt());
            columns.put("acknowledge_by", task.acknowledgeBy());
            columns.put("resolve_by", task.resolveBy());
            columns.put("digest", task.digest());
            return columns;
        }
    }
}
