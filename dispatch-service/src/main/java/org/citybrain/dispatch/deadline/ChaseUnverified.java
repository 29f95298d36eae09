package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.deadline.PostgresResolvedIncidents.Resolved;
import org.citybrain.dispatch.deadline.PostgresResolvedIncidents.Waiting;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What was resolved a while ago and nobody has looked at: the unit in command is chased, again and again, until somebody does. */
@Component
class ChaseUnverified implements DueWork {

    private static final Logger log = LoggerFactory.getLogger(ChaseUnverified.class);

    private final PostgresResolvedIncidents resolved;
    private final PostgresPolicies policies;
    private final IncidentTimeline timeline;
    private final JudgeNow judgeNow;
    private final DeadlineSettings settings;

    ChaseUnverified(
            PostgresResolvedIncidents resolved,
            PostgresPolicies policies,
            IncidentTimeline timeline,
            JudgeNow judgeNow,
            DeadlineSettings settings) {
        this.resolved = resolved;
        this.policies = policies;
        this.timeline = timeline;
        this.judgeNow = judgeNow;
        this.settings = settings;
    }

    @Override
    public DeadlineKind kind() {
        return DeadlineKind.VERIFY;
    }

    @Override
    public Collection<UUID> find(int most, Set<UUID> without) {
        return resolved.find(judgeNow.now(), most, without);
    }

    @Override
    public List<UUID> lock(Collection<UUID> found, int most) {
        return resolved.lock(found, most);
    }

    @Override
    public Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted) {
        Instant now = judgeNow.now();
        List<UUID> passedOver = new ArrayList<>(locked);
        List<Waiting> waiting = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (Resolved incident : resolved.read(locked, now)) {
            try {
                var routing = policies.of(incident.policies()).routing();
                Duration within = routing.document().verifyWithin();
                Instant dueAt = incident.resolvedAt().plus(within);
                if (dueAt.isAfter(now)) {
                    waiting.add(new Waiting(incident.id(), dueAt));
                } else {
                    waiting.add(new Waiting(incident.id(), now.plus(settings.alarmInterval())));
                    lines.add(new DeadlineLine(incident.id(), routing.version(), now)
                            .supervised(List.of(incident.commandingUnit()), "resolved, and not verified in time"));
                    counted.add(DeadlineKind.VERIFY, DeadlineOutcome.SUPERVISED);
                }
                passedOver.remove(incident.id());
            } catch (RuntimeException e) {
                counted.add(DeadlineKind.VERIFY, DeadlineOutcome.FAILED);
                log.error("nobody can be chased to verify incident {}; the next sweep tries again", incident.id(), e);
            }
        }
        resolved.await(waiting);
        timeline.tell(lines, now);
        return passedOver;
    }
}
