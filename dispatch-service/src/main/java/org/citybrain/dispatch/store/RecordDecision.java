package org.citybrain.dispatch.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.PersonsWord;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.grade.GradeRecord;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.route.EscalateUnattended;
import org.citybrain.dispatch.route.EscalateUnattended.Escalated;
import org.citybrain.dispatch.route.Escalation;
import org.citybrain.dispatch.route.PlannedTask;
import org.citybrain.dispatch.route.TaskTimes;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.MessageJson;
import org.citybrain.messages.Report;
import org.citybrain.messages.TaskRole;
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
        Holding decided = Holding.of(decision, json(gradeRecord(decision)));
        Holding before = stored == null ? decided : Holding.of(stored);
        PersonsWord word = incident.word();
        Holding raised = stored == null ? decided : before.raisedTo(decided);
        Holding after = word == null ? raised : new RecordWord(now).holding(word, raised, decided);

        boolean givenNow = RecordWord.isGivenBy(word, raised, after);
        boolean regraded = stored == null || before.isGradedOtherThan(after);
        boolean recommanded = stored == null || !before.commandingUnit().equals(after.commandingUnit());
        boolean reopened = stored != null && stored.isOver() && word == null;
        String board = policies.catalogue().document().get(incident.type()).board();
        List<TaskState> present = stored == null ? List.of() : stored.tasks();
        List<PlannedTask> planned = underOneCommand(decision.route().tasks(), after.commandingUnit());
        boolean lowered = before.isMoreSevereThan(after);
        Planning planning = new Planning(
                incident.id(), board, lowered, reopened, after.isMoreSevereThan(before), after.routingRule());
        PlanTasks routed = planTasks(planning, present, planned);
        Escalated escalated =
                EscalateUnattended.escalate(planned, routed.unitsAsked(), lowered ? Set.of() : decision.unattended());
        PlanTasks tasks = escalated.escalations().isEmpty() ? routed : planTasks(planning, present, escalated.tasks());
        if (RecordWord.isGrade(word)) {
            tasks = RelaxTasks.reopen(tasks, present, planned, now);
        }
        boolean seenByOthers = stored != null
                && !Set.copyOf(stored.visibleTo())
                        .equals(Set.copyOf(RecordedDecision.visibleTo(incident, tasks.added())));
        int versionBefore = stored == null ? 1 : stored.version();
        boolean moves = stored != null && (regraded || recommanded || reopened || seenByOthers || word != null);
        int version = moves ? versionBefore + 1 : versionBefore;
        IncidentStatus statusBefore = stored == null ? IncidentStatus.DISPATCHED : stored.status();
        IncidentStatus status = reopened ? IncidentStatus.IN_PROGRESS : statusBefore;

        List<TimelineLine> lines = new ArrayList<>();
        if (word == null) {
            addReports(lines, incident, statusBefore, before, versionBefore);
        } else {
            lines.add(RecordWord.line(word, version, status, after, givenNow, incident));
        }
        if (reopened) {
            String actor = rule("correlation", policies.correlation().version());
            String detail = json(Map.of("reason", "a report of it came after it was " + statusBefore));
            lines.add(line(IncidentEventKind.REOPENED, version, actor, status, before, incident, detail)
                    .after(statusBefore));
        }
        if (regraded && !givenNow) {
            String actor = rule("grading", policies.grading().version());
            Holding graded = after.commandedBy(before.commandingUnit());
            lines.add(line(IncidentEventKind.GRADED, version, actor, status, graded, incident, after.gradeJson()));
        }
        if (regraded || recommanded || seenByOthers || tasks.hasChanges()) {
            String actor = rule("routing", policies.routing().version());
            for (List<TaskState> portion : tasks.inPortions(MOST_TASKS_PER_LINE)) {
                String detail = json(new DispatchDetail(
                        decision.route().offList(),
                        decision.route().rule(),
                        policies.routing().version(),
                        portion));
                lines.add(line(IncidentEventKind.DISPATCHED, version, actor, status, after, incident, detail));
            }
            for (Escalation escalation : escalated.escalations()) {
                IncidentEventKind kind =
                        escalation.to() == null ? IncidentEventKind.SUPERVISED : IncidentEventKind.ESCALATED;
                String detail = json(EscalationDetail.of(escalation));
                lines.add(line(kind, version, actor, status, after, incident, detail));
            }
        }
        return new RecordedDecision(
                incident,
                version,
                status,
                decision.inputs(),
                decision.grade(),
                after,
                decision.mapVersion(),
                json(decision.shares()),
                decision.picture() == null ? null : json(decision.picture()),
                lines,
                tasks.added(),
                tasks.changed());
    }

    /**
     * One commands: where the command has gone up the chain, the unit that the route alone would have in command coordinates those below it, or
     * executes where there are none.
     */
    private static List<PlannedTask> underOneCommand(List<PlannedTask> planned, String commandingUnit) {
        return planned.stream()
                .map(task -> task.role() == TaskRole.COMMAND && !task.unitCode().equals(commandingUnit)
                        ? task.withRole(leads(task, planned) ? TaskRole.COORDINATE : TaskRole.EXECUTE)
                        : task)
                .toList();
    }

    private static boolean leads(PlannedTask task, List<PlannedTask> planned) {
        return planned.stream()
                .anyMatch(other -> other.role() != TaskRole.NOTIFY
                        && task.tier().isAbove(other.tier())
                        && other.unitCode().startsWith(task.unitCode()));
    }

    private PlanTasks planTasks(Planning planning, List<TaskState> present, List<PlannedTask> planned) {
        UUID id = planning.incidentId();
        if (planning.lowered()) {
            return RelaxTasks.relax(id, present, planned, planning.board(), now);
        }
        boolean anew = planning.reopened() || planning.raised();
        PlanTasks tasks = new PlanTasks(id, present, planned, planning.board(), anew, now);
        return planning.reopened()
                ? tasks.askingAgain(
                        present,
                        planned,
                        tier -> TaskTimes.of(
                                planning.rule(), tier, policies.routing().document()),
                        now)
                : tasks;
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

    /** A line about the incident as a whole, caused by the last report that was added, or by what a person said. */
    private static TimelineLine line(
            IncidentEventKind kind,
            int version,
            String actor,
            IncidentStatus status,
            Holding holding,
            Incident incident,
            String detailJson) {
        PersonsWord word = incident.word();
        LocatedReport cause = word == null ? incident.added().getLast() : null;
        String traceId = word == null ? incident.added().getLast().consumed().traceId() : word.traceId();
        return new TimelineLine(
                kind,
                version,
                actor,
                cause == null ? null : cause.received().reportId(),
                status,
                status,
                holding,
                incident.reportCount(),
                detailJson,
                traceId);
    }

    private String reason(boolean opens, LocatedReport report) {
        var nearness = policies.correlation()
                .document()
                .nearness(policies.catalogue().document().get(report.report().type()));
        String near = "open incident of its type within " + Math.round(nearness.meters()) + " m and "
                + nearness.window().toMinutes() + " min";
        return opens ? "no " + near : "an " + near;
    }

    private GradeRecord gradeRecord(Decision decision) {
        return GradeRecord.of(
                decision.grade(),
                decision.inputs(),
                policies.grading().version(),
                policies.catalogue().version(),
                decision.mapVersion());
    }

    private static String rule(String policy, int version) {
        return "rule:" + policy + "@" + version;
    }

    private static String json(Object value) {
        return MessageJson.MAPPER.writeValueAsString(value);
    }

    /**
     * How tasks are planned.
     *
     * @param reopened a report came after it was over
     * @param rule the row of the routing table that holds from now on
     */
    private record Planning(
            UUID incidentId, String board, boolean lowered, boolean reopened, boolean raised, String rule) {}

    private record ReportDetail(String reason, String sourceKind, String sourceId, String gridCode) {}

    /**
     * What was dispatched, and by what: the row of the routing table and the version of the policy that it stands in.
     *
     * @param offList no grid has a task by itself
     */
    private record DispatchDetail(boolean offList, String rule, int policyVersion, List<TaskState> tasks) {}

    /**
     * Who was asked in vain, and who is asked as well.
     *
     * @param to the unit above; absent for the city
     * @param alarm somebody has to be fetched: there is nobody above
     */
    private record EscalationDetail(
            List<String> from, @Nullable String to, String why, boolean alarm) {

        static EscalationDetail of(Escalation escalation) {
            return new EscalationDetail(
                    escalation.from(),
                    escalation.to(),
                    "nobody is on duty there by the roster",
                    escalation.to() == null);
        }
    }
}
