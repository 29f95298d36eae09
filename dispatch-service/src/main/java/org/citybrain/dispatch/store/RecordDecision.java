package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
import org.jspecify.annotations.Nullable;

/**
 * Turns a decision into what is stored of it: the new version, the lines of the timeline, the tasks. Upgrades are taken over; what would
 * be a downgrade is not, for that needs a person and a reason (domain, section 4).
 */
final class RecordDecision {

    private final Policies policies;
    private final Instant now;

    RecordDecision(Policies policies, Instant now) {
        this.policies = policies;
        this.now = now;
    }

    RecordedDecision record(Decision decision) {
        Incident incident = decision.incident();
        Incident.Stored stored = incident.stored();
        Grade grade = decision.grade();
        boolean isNew = stored == null;
        boolean lowered = !isNew && isLowered(stored, grade);
        Level level = isNew || !lowered ? grade.level() : stored.level();
        HandlingScope scope = isNew || !lowered ? grade.scope() : stored.scope();
        String gradeJson = lowered ? stored.gradeJson() : json(gradeRecord(grade, decision.mapVersion()));
        boolean corroborated = lowered ? stored.corroborated() : grade.corroborated();
        boolean needsPerson = lowered ? stored.needsPerson() : grade.needsPerson();
        String commandingUnit = isNew || !isLower(decision.route().commandingUnit(), stored.commandingUnit())
                ? decision.route().commandingUnit()
                : stored.commandingUnit();

        boolean regraded =
                isNew || level != stored.level() || scope != stored.scope() || corroborated != stored.corroborated();
        boolean recommanded = isNew || !commandingUnit.equals(stored.commandingUnit());
        int versionBefore = isNew ? 1 : stored.version();
        int version = isNew || !(regraded || recommanded) ? versionBefore : versionBefore + 1;
        IncidentStatus status = isNew ? IncidentStatus.DISPATCHED : stored.status();
        PlanTasks tasks = new PlanTasks(
                incident.id(),
                isNew ? List.of() : stored.tasks(),
                decision.route().tasks(),
                now);

        List<TimelineLine> lines = new ArrayList<>();
        addReports(
                lines,
                incident,
                status,
                isNew ? level : stored.level(),
                isNew ? scope : stored.scope(),
                isNew ? commandingUnit : stored.commandingUnit(),
                versionBefore);
        LocatedReport cause = incident.added().getLast();
        UUID causeId = cause.received().reportId();
        String trace = cause.consumed().traceId();
        if (regraded) {
            lines.add(new TimelineLine(
                    IncidentEventKind.GRADED,
                    version,
                    rule("grading", policies.grading().version()),
                    causeId,
                    status,
                    status,
                    level,
                    scope,
                    isNew ? commandingUnit : stored.commandingUnit(),
                    incident.reportCount(),
                    gradeJson,
                    trace));
        }
        if (regraded
                || recommanded
                || !tasks.added().isEmpty()
                || !tasks.changed().isEmpty()) {
            DispatchDetail detail =
                    new DispatchDetail(decision.route().offList(), concat(tasks.added(), tasks.changed()));
            lines.add(new TimelineLine(
                    IncidentEventKind.DISPATCHED,
                    version,
                    rule("routing", policies.routing().version()),
                    causeId,
                    status,
                    status,
                    level,
                    scope,
                    commandingUnit,
                    incident.reportCount(),
                    json(detail),
                    trace));
        }
        return new RecordedDecision(
                incident,
                version,
                status,
                grade,
                level,
                scope,
                corroborated,
                needsPerson,
                commandingUnit,
                gradeJson,
                decision.mapVersion(),
                decision.picture() == null ? null : json(decision.picture()),
                lines,
                tasks.added(),
                tasks.changed());
    }

    /** One line for each report: the first opened a new incident, every other one was merged into it. */
    private void addReports(
            List<TimelineLine> lines,
            Incident incident,
            IncidentStatus status,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            String commandingUnit,
            int version) {
        List<LocatedReport> added = incident.added();
        int reportCount = incident.reportCount() - added.size();
        String actor = rule("correlation", policies.correlation().version());
        for (LocatedReport report : added) {
            reportCount++;
            boolean opens = incident.stored() == null && reportCount == 1;
            lines.add(new TimelineLine(
                    opens ? IncidentEventKind.OPENED : IncidentEventKind.MERGED,
                    version,
                    actor,
                    report.received().reportId(),
                    opens ? null : status,
                    status,
                    level,
                    scope,
                    commandingUnit,
                    reportCount,
                    json(new ReportDetail(
                            reason(opens, report),
                            report.report().source().kind().name(),
                            report.report().source().id(),
                            report.gridCode())),
                    report.consumed().traceId()));
        }
    }

    private String reason(boolean opens, LocatedReport report) {
        var item = policies.catalogue().document().get(report.report().type());
        String near = "open incident of its type within " + Math.round(item.correlationMeters()) + " m and "
                + item.correlationMinutes() + " min";
        return opens ? "no " + near : "an " + near;
    }

    private static boolean isLowered(Incident.Stored stored, Grade grade) {
        Level level = grade.level();
        HandlingScope scope = grade.scope();
        return (stored.level() != null && level != null && stored.level().isMoreSevereThan(level))
                || (stored.scope() != null && scope != null && stored.scope().isWiderThan(scope));
    }

    /** Whether a unit stands lower in the chain than the other: its code is longer. */
    private static boolean isLower(String unit, String than) {
        return unit.length() > than.length();
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

    private static List<TaskState> concat(List<TaskState> one, List<TaskState> other) {
        List<TaskState> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
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
