package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.grade.AxisGrade;
import org.citybrain.dispatch.grade.Grade;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.jspecify.annotations.Nullable;

/**
 * Turns a decision into what is stored of it: the new version, the lines of the timeline, the tasks. Upgrades are taken over; what would
 * be a downgrade is not, for that needs a person and a reason (domain, section 4).
 */
final class RecordDecision {

    /** A line is published as one message, which may not be larger than a megabyte: a wide footprint has several lines. */
    private static final int MOST_TASKS_PER_LINE = 500;

    private final Policies policies;
    private final Instant now;

    RecordDecision(Policies policies, Instant now) {
        this.policies = policies;
        this.now = now;
    }

    RecordedDecision record(Decision decision) {
        Incident incident = decision.incident();
        Incident.Stored stored = incident.stored();
        Holding decided = Holding.of(decision, json(gradeRecord(decision.grade(), decision.mapVersion())));
        Holding before = stored == null ? decided : Holding.of(stored);
        Holding after = stored == null ? decided : before.raisedTo(decided);

        boolean regraded = stored == null || before.isGradedOtherThan(after);
        boolean recommanded = stored == null || !before.commandingUnit().equals(after.commandingUnit());
        int versionBefore = stored == null ? 1 : stored.version();
        int version = stored != null && (regraded || recommanded) ? versionBefore + 1 : versionBefore;
        IncidentStatus status = stored == null ? IncidentStatus.DISPATCHED : stored.status();
        PlanTasks tasks = new PlanTasks(
                incident.id(),
                stored == null ? List.of() : stored.tasks(),
                decision.route().tasks(),
                now);

        List<TimelineLine> lines = new ArrayList<>();
        addReports(lines, incident, status, before, versionBefore);
        if (regraded) {
            String actor = rule("grading", policies.grading().version());
            Holding graded = after.commandedBy(before.commandingUnit());
            lines.add(line(IncidentEventKind.GRADED, version, actor, status, graded, incident, after.gradeJson()));
        }
        if (regraded || recommanded || tasks.hasChanges()) {
            String actor = rule("routing", policies.routing().version());
            for (List<TaskState> portion : tasks.inPortions(MOST_TASKS_PER_LINE)) {
                String detail = json(new DispatchDetail(decision.route().offList(), portion));
                lines.add(line(IncidentEventKind.DISPATCHED, version, actor, status, after, incident, detail));
            }
        }
        return new RecordedDecision(
                incident,
                version,
                status,
                decision.grade(),
                after,
                decision.mapVersion(),
                json(decision.shares()),
                decision.picture() == null ? null : json(decision.picture()),
                lines,
                tasks.added(),
                tasks.changed());
    }

    /** One line for each report: the first opened a new incident, every other one was merged into it. */
    private void addReports(
            List<TimelineLine> lines, Incident incident, IncidentStatus status, Holding holding, int version) {
        List<LocatedReport> added = incident.added();
        int reportCount = incident.reportCount() - added.size();
        String actor = rule("correlation", policies.correlation().version());
        for (LocatedReport report : added) {
            reportCount++;
            boolean opens = incident.stored() == null && reportCount == 1;
            Report.Source source = report.report().source();
            lines.add(new TimelineLine(
                    opens ? IncidentEventKind.OPENED : IncidentEventKind.MERGED,
                    version,
                    actor,
                    report.received().reportId(),
                    opens ? null : status,
                    status,
                    holding,
                    reportCount,
                    json(new ReportDetail(reason(opens, report), source.kind().name(), source.id(), report.gridCode())),
                    report.consumed().traceId()));
        }
    }

    /** A line about the incident as a whole, caused by the last report that was added. */
    private static TimelineLine line(
            IncidentEventKind kind,
            int version,
            String actor,
            IncidentStatus status,
            Holding holding,
            Incident incident,
            String detailJson) {
        LocatedReport cause = incident.added().getLast();
        return new TimelineLine(
                kind,
                version,
                actor,
                cause.received().reportId(),
                status,
                status,
                holding,
                incident.reportCount(),
                detailJson,
                cause.consumed().traceId());
    }

    private String reason(boolean opens, LocatedReport report) {
        var nearness = policies.correlation()
                .document()
                .nearness(policies.catalogue().document().get(report.report().type()));
        String near = "open incident of its type within " + Math.round(nearness.meters()) + " m and "
                + nearness.window().toMinutes() + " min";
        return opens ? "no " + near : "an " + near;
    }

    private GradeRecord gradeRecord(Grade grade, long mapVersion) {
        return new GradeRecord(
                grade.level(),
                grade.scope(),
                policies.grading().version(),
                policies.catalogue().version(),
                mapVersion,
                grade.corroborated(),
                grade.needsPerson(),
                grade.axes());
    }

    private static String rule(String policy, int version) {
        return "rule:" + policy + "@" + version;
    }

    private static String json(Object value) {
        return MessageJson.MAPPER.writeValueAsString(value);
    }

    /** The grade record as stored and shown: what is needed to explain it and to replay it. */
    private record GradeRecord(
            @Nullable Level level,
            @Nullable HandlingScope scope,
            int policyVersion,
            int catalogueVersion,
            long mapVersion,
            boolean corroborated,
            boolean needsPerson,
            List<AxisGrade> axes) {}

    private record ReportDetail(String reason, String sourceKind, String sourceId, String gridCode) {}

    private record DispatchDetail(boolean offList, List<TaskState> tasks) {}
}
