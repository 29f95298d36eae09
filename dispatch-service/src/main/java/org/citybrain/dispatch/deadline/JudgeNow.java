package org.citybrain.dispatch.deadline;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.OnDuty;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.route.ResolveWithin;
import org.springframework.stereotype.Component;

/** Judges by what holds at a moment: rosters and working calendars of today, the policies that each incident was opened with. */
@Component
class JudgeNow {

    private final CurrentMap currentMap;
    private final PostgresPolicies policies;
    private final DeadlineSettings settings;
    private final Clock clock;

    JudgeNow(CurrentMap currentMap, PostgresPolicies policies, DeadlineSettings settings, Clock clock) {
        this.currentMap = currentMap;
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
    }

    /** To the microsecond, as the database keeps it: what it finds due is due here as well. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Judging at(Instant now, Collection<WatchedIncident> incidents) {
        policies.fetch(incidents.stream().map(WatchedIncident::policies).collect(Collectors.toSet()));
        JudgeIncident judge = new JudgeIncident(
                new OnDuty(currentMap.at(now), now),
                new ResolveWithin(currentMap.surroundings().calendars(), now),
                now,
                settings.alarmInterval());
        return (incident, counted) -> judge.judge(incident, policies.of(incident.policies()), counted);
    }

    interface Judging {
        SweptIncident judge(WatchedIncident incident, DeadlineMeters.Counted counted);
    }
}
