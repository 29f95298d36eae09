package org.citybrain.dispatch.deadline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The deadlines of tasks: warns, escalates what was missed, and alarms the city again. */
@Component
class SweepTasks implements DueWork {

    private static final Logger log = LoggerFactory.getLogger(SweepTasks.class);

    private final PostgresDueIncidents due;
    private final PostgresSweptIncidents swept;
    private final JudgeNow judgeNow;

    SweepTasks(PostgresDueIncidents due, PostgresSweptIncidents swept, JudgeNow judgeNow) {
        this.due = due;
        this.swept = swept;
        this.judgeNow = judgeNow;
    }

    @Override
    public DeadlineKind kind() {
        return DeadlineKind.RESOLVE;
    }

    @Override
    public Collection<UUID> find(int most, Set<UUID> without) {
        return due.find(judgeNow.now(), most, without);
    }

    @Override
    public List<UUID> lock(Collection<UUID> found, int most) {
        return due.lock(found, most);
    }

    @Override
    public Collection<UUID> decide(List<UUID> locked, DeadlineMeters.Counted counted) {
        List<WatchedIncident> incidents = due.read(locked);
        Instant now = judgeNow.now();
        JudgeNow.Judging judging = judgeNow.at(now, incidents);
        List<SweptIncident> decided = new ArrayList<>();
        List<UUID> passedOver = new ArrayList<>();
        for (WatchedIncident incident : incidents) {
            try {
                SweptIncident decision = judging.judge(incident, counted);
                decided.add(decision);
                if (decision.marks().isEmpty()) {
                    // Another sweep, or a command, was here between the look and the lock.
                    passedOver.add(incident.id());
                }
            } catch (RuntimeException e) {
                passedOver.add(incident.id());
                counted.add(DeadlineKind.RESOLVE, DeadlineOutcome.FAILED);
                log.error(
                        "the deadlines of incident {} cannot be judged; the next sweep tries again", incident.id(), e);
            }
        }
        swept.store(decided, now);
        return passedOver;
    }
}
