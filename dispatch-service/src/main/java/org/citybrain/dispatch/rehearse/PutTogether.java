package org.citybrain.dispatch.rehearse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.rehearse.PostgresStoredReports.Placed;
import org.citybrain.messages.Datum;
import org.citybrain.messages.Report;
import org.citybrain.messages.ReportReceived;

/**
 * The first pass of a rehearsal of correlation: puts reports together again by place, type and time alone, and notes which incidents would
 * have other reports.
 */
final class PutTogether {

    /** As many as a batch from Kafka has. */
    private static final int BATCH = 500;

    private static final int BATCHES_BETWEEN_FORGETTING = 40;

    private final PostgresDecidedIncidents decidedIncidents;
    private final Regrouped regrouped = new Regrouped();
    private final CorrelateReports correlateReports;
    private final ItemCatalogue catalogue;
    private final IncidentsInMemory incidents;
    private final Period period;
    private final double share;
    private final Course course;
    private final Map<UUID, Placed> batch = new LinkedHashMap<>();
    private int batches;
    private long unknownTypes;

    /** @param share of the whole course that a report is */
    PutTogether(
            CorrelationPolicy policy,
            ItemCatalogue catalogue,
            PostgresDecidedIncidents decidedIncidents,
            Period period,
            double share,
            Course course) {
        this.catalogue = catalogue;
        this.decidedIncidents = decidedIncidents;
        this.correlateReports = new CorrelateReports(policy, catalogue);
        this.incidents = new IncidentsInMemory(widest(policy));
        this.period = period;
        this.share = share;
        this.course = course;
    }

    private Duration widest(CorrelationPolicy policy) {
        Duration widest = Duration.ZERO;
        for (ItemCatalogue.Item item : catalogue.all()) {
            Duration window = policy.nearness(item).window();
            widest = window.compareTo(widest) > 0 ? window : widest;
        }
        return widest;
    }

    Regrouped regrouped() {
        return regrouped;
    }

    /** Reports whose type the catalogue does not know: they are in no incident here. */
    long unknownTypes() {
        return unknownTypes;
    }

    void take(Placed report) {
        course.goOn();
        if (isOfEarlierIncident(report)) {
            regrouped.leaveOut();
        } else if (catalogue.find(report.type()).isEmpty()) {
            unknownTypes++;
        } else {
            batch.put(report.reportId(), report);
        }
        if (batch.size() >= BATCH) {
            putTogether();
        }
    }

    /** An id begins with the millisecond in which its incident was opened. */
    private boolean isOfEarlierIncident(Placed report) {
        return period.from() != null
                && (report.incidentId().getMostSignificantBits() >>> 16)
                        < period.from().toEpochMilli();
    }

    void end() {
        putTogether();
        incidents.forgetAll(incident -> regrouped.complete(incident.id(), incident.reportCount()));
    }

    private void putTogether() {
        if (batch.isEmpty()) {
            return;
        }
        List<LocatedReport> located = new ArrayList<>(batch.size());
        List<UUID> opened = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (Placed report : batch.values()) {
            located.add(located(report));
            now = report.receivedAt();
            if (report.opened()) {
                opened.add(report.incidentId());
            }
        }
        incidents.moveTo(now);
        decidedIncidents.forEachClosed(opened, incidents::close);
        for (Incident incident :
                correlateReports.correlate(located, incidents, now).incidents()) {
            boolean isNew = !incidents.holds(incident);
            if (isNew) {
                incidents.add(incident);
            }
            for (LocatedReport added : incident.added()) {
                Placed report = batch.get(added.received().reportId());
                if (report != null) {
                    regrouped.report(report.reportId(), report.incidentId(), incident.id(), report.opened(), isNew);
                }
                isNew = false;
            }
            incident.forgetAdded();
        }
        course.advance(share * batch.size());
        batch.clear();
        if (++batches % BATCHES_BETWEEN_FORGETTING == 0) {
            incidents.forgetOld(incident -> regrouped.complete(incident.id(), incident.reportCount()));
        }
    }

    private LocatedReport located(Placed placed) {
        Report report = new Report(
                placed.reportId(),
                new Report.Source(placed.sourceKind(), placed.sourceId(), null),
                placed.type(),
                placed.occurredAt(),
                new Report.Location(
                        placed.position().longitude(), placed.position().latitude(), Datum.WGS84),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new LocatedReport(
                ConsumedReport.rehearsed(new ReportReceived(
                        placed.reportId(), placed.receivedAt(), placed.position(), null, "0", report)),
                placed.gridCode(),
                null);
    }
}
