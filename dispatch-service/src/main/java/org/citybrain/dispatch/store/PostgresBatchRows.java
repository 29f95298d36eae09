package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.List;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.MultiPoint;

/** The new rows of one batch, table by table, in the order in which they are copied. */
final class PostgresBatchRows {

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
            copy dispatch.incident (id, version, status, opened_at, type, category, board, location, grid_code, unit_codes, visible_to, \
            commanding_unit, level, scope, needs_person, corroborated, correlation_cell, first_occurred_at, last_occurred_at, \
            report_count, sources, footprint, uncounted_footprint, people_reported, deaths, serious_injuries, loss_yuan, nothing_known, \
            people_affected, people_basis, area_km2, area_basis, grade, picture, grading_version, routing_version, \
            correlation_version, catalogue_version, map_version, changed_at, people_estimated, key_places, positions, shares) \
            from stdin (format binary)""";

    private static final String TASKS = """
            copy dispatch.task (incident_id, id, version, tier, unit_code, role, status, dispatched_at, acknowledge_by, resolve_by, \
            digest, department_code, department_name, board) from stdin (format binary)""";

    private static final String EVENTS = """
            copy dispatch.incident_event (incident_id, recorded_at, kind, incident_version, actor, report_id, status_before, \
            status_after, level, scope, commanding_unit, report_count, people_affected, area_km2, detail, trace_id) \
            from stdin (format binary)""";

    private static final GeometryFactory GEOMETRIES = new GeometryFactory();

    private final PostgresCopy reportKeys = new PostgresCopy(REPORT_KEYS);
    private final PostgresCopy reports = new PostgresCopy(REPORTS);
    private final PostgresCopy duplicates = new PostgresCopy(DUPLICATES);
    private final PostgresCopy parked = new PostgresCopy(PARKED);
    private final PostgresCopy incidents = new PostgresCopy(INCIDENTS);
    private final PostgresCopy tasks = new PostgresCopy(TASKS);
    private final PostgresCopy events = new PostgresCopy(EVENTS);
    private final PostgresCopy outcomes = new PostgresCopy(OUTCOMES);

    /** All tables, also those that have no row. */
    List<PostgresCopy> copies() {
        return List.of(reportKeys, reports, duplicates, parked, incidents, tasks, events, outcomes);
    }

    void addKey(ReportReceived received) {
        reportKeys
                .row()
                .uuid(received.reportId())
                .timestamp(received.receivedAt())
                .int8(Long.parseUnsignedLong(received.contentDigest(), 16));
    }

    void addReport(Settlement settlement) {
        ReportReceived received = settlement.consumed().get();
        Report report = received.report();
        reports.row()
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

    void addDuplicate(Settlement settlement) {
        ConsumedReport consumed = settlement.consumed();
        duplicates
                .row()
                .timestamp(consumed.get().receivedAt())
                .uuid(consumed.reportId())
                .text(consumed.sourceId())
                .bool(settlement.differs())
                .text(consumed.topic())
                .int4(consumed.partition())
                .int8(consumed.offset());
    }

    void addParked(Settlement settlement, Instant now) {
        ConsumedReport consumed = settlement.consumed();
        parked.row()
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

    void addIncident(RecordedDecision decision, BatchResult result) {
        Incident incident = decision.incident();
        var item = result.policies().catalogue().document().get(incident.type());
        incidents
                .row()
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
                .texts(decision.visibleTo())
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
                .timestamp(result.decidedAt())
                .int8(decision.inputs().peopleEstimated())
                .int4(decision.inputs().keyPlaces())
                .geometry(positions(incident))
                .text(decision.sharesJson());
    }

    /** Absent where it was seen in one place only. */
    static @Nullable MultiPoint positions(Incident incident) {
        return incident.positions().size() == 1
                ? null
                : GEOMETRIES.createMultiPointFromCoords(incident.positions().stream()
                        .map(place -> new Coordinate(place.longitude(), place.latitude()))
                        .toArray(Coordinate[]::new));
    }

    void addTask(Incident incident, TaskState task) {
        tasks.row()
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
                .bool(task.digest())
                .text(task.department() == null ? null : task.department().code())
                .text(task.department() == null ? null : task.department().name())
                .text(task.board());
    }

    void addEvent(RecordedDecision decision, TimelineLine line, Instant now) {
        events.row()
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

    void addOutcome(LedgerLine line, long count, Instant now) {
        outcomes.row()
                .timestamp(now)
                .text(line.topic())
                .int4(line.partition())
                .int8(line.firstOffset())
                .text(line.sourceId())
                .timestamp(line.hour())
                .name(line.outcome())
                .int8(count);
    }
}
