package org.citybrain.dispatch.checkin;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.citybrain.dispatch.checkin.PostgresSummons.Ended;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.store.IncidentTimeline;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.messages.CheckInStatus;
import org.citybrain.messages.IncidentEventKind;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends summons that nobody answers: who has not come by the time after which one is no longer late, or has not come to an incident that is
 * over and was due by then, is absent; who was not due yet when it ended is released. Several instances may do so at once: each summons is
 * ended once, under the lock of its incident.
 */
@Component
public class EndSummons {

    /** As timelines name it, before the version of the routing policy. */
    static final String RULE = "rule:check-in";

    /** So many incidents are locked at once. */
    private static final int MOST_INCIDENTS = 200;

    private final PostgresSummons summons;
    private final OpenIncidents incidents;
    private final IncidentTimeline timeline;
    private final PostgresTransactions transactions;
    private final Clock clock;

    EndSummons(
            PostgresSummons summons,
            OpenIncidents incidents,
            IncidentTimeline timeline,
            PostgresTransactions transactions,
            Clock clock) {
        this.summons = summons;
        this.incidents = incidents;
        this.timeline = timeline;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Ends all that is to be ended by now. */
    @Scheduled(
            initialDelayString = "${city-brain.dispatch.check-in-sweep:15s}",
            fixedDelayString = "${city-brain.dispatch.check-in-sweep:15s}")
    public void end() {
        while (endSome() == MOST_INCIDENTS) {
            // There may be more.
        }
    }

    /** @return in how many incidents there was something to end when it began */
    private int endSome() {
        Instant now = clock.instant();
        return transactions.answerCommand(() -> {
            List<UUID> unanswered = summons.listUnanswered(now, MOST_INCIDENTS);
            if (!unanswered.isEmpty()) {
                incidents.lock(unanswered);
                List<Ended> ended = summons.end(unanswered, now);
                timeline.tell(ended.stream().map(EndSummons::line).toList(), now);
            }
            return unanswered.size();
        });
    }

    private static IncidentTimeline.Line line(Ended ended) {
        boolean absent = ended.status() == CheckInStatus.ABSENT;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", ended.id());
        facts.put("department", ended.department());
        facts.put("whistledUnit", ended.whistledUnit());
        facts.put("dueAt", ended.dueAt());
        return IncidentTimeline.Line.of(
                        ended.incidentId(),
                        absent ? IncidentEventKind.ABSENT : IncidentEventKind.RELEASED,
                        RULE + "@" + ended.routingVersion(),
                        null)
                .telling("reason", absent ? "did not check in" : "the incident ended before the check-in was due")
                .telling("checkIns", List.of(facts));
    }
}
