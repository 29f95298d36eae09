package org.citybrain.dispatch.deadline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.citybrain.dispatch.correlate.TaskState;
import org.citybrain.dispatch.deadline.PostgresVerifiedIncidents.Verified;
import org.citybrain.dispatch.deadline.PostgresVerifiedIncidents.Waiting;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.IncidentTimeline.Line;
import org.citybrain.messages.IncidentEventKind;
import org.citybrain.messages.IncidentStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Closes what was verified long enough ago and nobody has closed; never an incident of level I, which no rule closes. */
@Component
class CloseVerified implements DueWork {

    private static final Logger log = LoggerFactory.getLogger(CloseVerified.class);

    private final PostgresVerifiedIncidents verified;
    private final PostgresPolicies policies;
    private final IncidentTimeline timeline;
    private final JudgeNow judgeNow;

    CloseVerified(
            PostgresVerifiedIncidents verified,
            PostgresPolicies policies,
            IncidentTimeline timeline,
            JudgeNow judgeNow) {
        this.verified = verified;
        this.policies = policies;
        this.timeline = timeline;
        this.judgeNow = judgeNow;
    }

    @Override
    public DeadlineKind kind() {
        return DeadlineKind.CLOSE;
    }

    @Override
    public Collection<UUID> find(int most, Set<UUID> without) {
        return verified.find(judgeNow.now(), most, without);
    }

    @Override
    public List<UUID> lock(Collection<UUID> found, int most) {
        return verified.lock(found, most);
    }

    @Override
    public Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted) {
        Instant now = judgeNow.now();
        List<UUID> passedOver = new ArrayList<>(locked);
        List<Waiting> waiting = new ArrayList<>();
        Map<UUID, Line> closed = new LinkedHashMap<>();
        for (Verified incident : verified.read(locked)) {
            try {
                var routing = policies.of(incident.policies()).routing();
                Duration wait =
                        routing.document().closeAfterVerified(incident.rule()).orElse(null);
                Instant until = wait == null || incident.verifiedAt() == null
                        ? null
                        : incident.verifiedAt().plus(wait);
                if (wait == null || until == null || until.isAfter(now)) {
                    waiting.add(new Waiting(incident.id(), until));
                } else {
                    closed.put(
                            incident.id(),
                            new DeadlineLine(incident.id(), routing.version(), now)
                                    .closed("verified " + wait.toMinutes()
                                            + " minutes ago, and nobody has said otherwise")
                                    .after(IncidentStatus.VERIFIED));
                    counted.add(DeadlineKind.CLOSE, DeadlineOutcome.CLOSED);
                }
                passedOver.remove(incident.id());
            } catch (RuntimeException e) {
                counted.add(DeadlineKind.CLOSE, DeadlineOutcome.FAILED);
                log.error("incident {} cannot be closed; the next sweep tries again", incident.id(), e);
            }
        }
        verified.await(waiting);
        Map<UUID, List<TaskState>> completed = verified.close(List.copyOf(closed.keySet()), now);
        List<Line> lines = new ArrayList<>();
        closed.forEach((id, line) -> {
            lines.add(line);
            List<TaskState> tasks = completed.get(id);
            if (tasks != null) {
                lines.addAll(Line.of(id, IncidentEventKind.COMPLETED, line.actor(), null)
                        .telling(line.detail())
                        .withTasks(tasks));
            }
        });
        timeline.tell(lines, now);
        return passedOver;
    }
}
