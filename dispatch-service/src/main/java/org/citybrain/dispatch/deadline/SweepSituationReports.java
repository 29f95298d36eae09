package org.citybrain.dispatch.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.IncidentEventKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Situation reports on grave incidents: due every so often from the opening, or from when it became so grave, until it is resolved. A missed
 * one is told and the unit in command is chased; the next is due all the same.
 */
@Component
class SweepSituationReports implements DueWork {

    private static final Logger log = LoggerFactory.getLogger(SweepSituationReports.class);

    private final PostgresSituationReports reports;
    private final PostgresDueIncidents incidents;
    private final PostgresPolicies policies;
    private final IncidentTimeline timeline;
    private final JudgeNow judgeNow;

    SweepSituationReports(
            PostgresSituationReports reports,
            PostgresDueIncidents incidents,
            PostgresPolicies policies,
            IncidentTimeline timeline,
            JudgeNow judgeNow) {
        this.reports = reports;
        this.incidents = incidents;
        this.policies = policies;
        this.timeline = timeline;
        this.judgeNow = judgeNow;
    }

    @Override
    public DeadlineKind kind() {
        return DeadlineKind.SITUATION_REPORT;
    }

    @Override
    public Collection<UUID> find(int most, Set<UUID> without) {
        return reports.find(judgeNow.now(), most, without);
    }

    @Override
    public List<UUID> lock(Collection<UUID> found, int most) {
        return incidents.lock(found, most);
    }

    @Override
    public Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted) {
        Instant now = judgeNow.now();
        List<ReportedIncident.Next> next = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        List<UUID> passedOver = new ArrayList<>(locked);
        for (ReportedIncident incident : reports.read(locked)) {
            try {
                var routing = policies.of(incident.policies()).routing();
                ReportedIncident.Next planned = incident.next(
                        routing.document().situationReports(incident.level()).orElse(null), now);
                lines.addAll(
                        lines(incident, planned, new DeadlineLine(incident.id(), routing.version(), now), counted));
                next.add(planned);
                passedOver.remove(incident.id());
            } catch (RuntimeException e) {
                counted.add(DeadlineKind.SITUATION_REPORT, DeadlineOutcome.FAILED);
                log.error(
                        "situation reports of incident {} cannot be planned; the next sweep tries again",
                        incident.id(),
                        e);
            }
        }
        reports.keep(next);
        timeline.tell(lines, now);
        return passedOver;
    }

    private static List<Line> lines(
            ReportedIncident incident, ReportedIncident.Next next, DeadlineLine line, DeadlineMeters.Counted counted) {
        DeadlineOutcome outcome = next.outcome();
        Instant about = next.about();
        if (outcome == null || about == null) {
            return List.of();
        }
        counted.add(DeadlineKind.SITUATION_REPORT, outcome);
        return switch (outcome) {
            case NEAR ->
                List.of(line.ofIncident(IncidentEventKind.DEADLINE_NEAR, DeadlineKind.SITUATION_REPORT, about));
            case MISSED -> {
                counted.add(DeadlineKind.SITUATION_REPORT, DeadlineOutcome.SUPERVISED);
                yield List.of(
                        line.ofIncident(IncidentEventKind.DEADLINE_MISSED, DeadlineKind.SITUATION_REPORT, about),
                        line.supervised(List.of(incident.commandingUnit()), "no situation report in time"));
            }
            case ESCALATED, SUPERVISED, SETTLED, CLOSED, FAILED -> List.of();
        };
    }
}
