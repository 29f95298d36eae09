package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.citybrain.local.simulate.month.MonthQueries.IncidentNow;
import org.jspecify.annotations.Nullable;

/** What those in command do with an incident, each where it can still be done, and what follows from it. */
final class ActOnIncident {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration A_LITTLE_LATER = Duration.ofMinutes(30);

    private final ActAsPerson act;
    private final Behaviour behaviour;
    private final Map<UUID, Fate> fates;
    private final Set<UUID> reopened = ConcurrentHashMap.newKeySet();

    /** @param fates not changed while anybody acts */
    ActOnIncident(ActAsPerson act, Behaviour behaviour, Map<UUID, Fate> fates) {
        this.act = act;
        this.behaviour = behaviour;
        this.fates = fates;
    }

    @Nullable
    Intention act(Instant now, Intention intention, IncidentNow seen) {
        UUID incident = intention.incident();
        return switch (intention.deed()) {
            case CONTAIN -> {
                if (isAtWork(seen)) {
                    command(intention, seen);
                }
                yield null;
            }
            case REPORT_SITUATION, EASE, WORSEN -> {
                if (isAtWork(seen) || seen.status().equals("CONTAINED")) {
                    command(intention, seen);
                }
                yield null;
            }
            case MARK_FALSE -> {
                if (!isOver(seen)) {
                    act.onIncident(
                            MadeUpPeople.whoLooks(seen.commandingUnit()), incident, Deed.MARK_FALSE, seen, false);
                }
                yield null;
            }
            case RESOLVE -> resolve(now, intention, seen);
            case VERIFY -> verify(now, incident, seen);
            case CLOSE -> {
                if (seen.status().equals("VERIFIED")) {
                    act.onIncident(MadeUpPeople.ofTheCity(seen.commandingUnit()), incident, Deed.CLOSE, seen, false);
                }
                yield null;
            }
            case REOPEN -> reopen(now, incident, seen);
            default -> throw new IllegalStateException(intention.deed() + " is not done to an incident");
        };
    }

    /** A later report says that it is not over: it has to be resolved again. */
    Intention reopenedByReport(UUID incident, Instant at) {
        reopened.add(incident);
        return Intention.on(incident, Deed.RESOLVE, at.plus(behaviour.untilResolvedAgain(incident)));
    }

    private void command(Intention intention, IncidentNow seen) {
        act.onIncident(MadeUpPeople.onDuty(seen.commandingUnit()), intention.incident(), intention.deed(), seen, false);
    }

    /** Where nobody has taken anything on, or others are still out, a little later; in the end with force. */
    private @Nullable Intention resolve(Instant now, Intention intention, IncidentNow seen) {
        UUID incident = intention.incident();
        if (seen.status().equals("DISPATCHED")) {
            return intention.again(now.plus(A_LITTLE_LATER));
        }
        if (!isAtWork(seen) && !seen.status().equals("CONTAINED")) {
            return null;
        }
        boolean force = intention.attempts() >= MOST_ATTEMPTS;
        String refused =
                act.onIncident(MadeUpPeople.onDuty(seen.commandingUnit()), incident, Deed.RESOLVE, seen, force);
        return refused == null
                ? Intention.on(incident, Deed.VERIFY, now.plus(behaviour.untilVerified(incident, turn(incident))))
                : intention.again(now.plus(A_LITTLE_LATER));
    }

    private @Nullable Intention verify(Instant now, UUID incident, IncidentNow seen) {
        if (!seen.status().equals("RESOLVED")) {
            return null;
        }
        act.onIncident(MadeUpPeople.whoLooks(seen.commandingUnit()), incident, Deed.VERIFY, seen, false);
        Instant later = now.plus(behaviour.untilClosed(incident, turn(incident)));
        Fate fate = fates.getOrDefault(incident, Fate.CLOSED_BY_RULE);
        if (fate == Fate.REOPENED && turn(incident) == 0) {
            return Intention.on(incident, Deed.REOPEN, later);
        }
        return fate == Fate.CLOSED_BY_HAND || isGrave(seen) ? Intention.on(incident, Deed.CLOSE, later) : null;
    }

    private @Nullable Intention reopen(Instant now, UUID incident, IncidentNow seen) {
        if (!seen.status().equals("VERIFIED") && !seen.status().equals("CLOSED")) {
            return null;
        }
        act.onIncident(MadeUpPeople.whoLooks(seen.commandingUnit()), incident, Deed.REOPEN, seen, false);
        reopened.add(incident);
        return Intention.on(incident, Deed.RESOLVE, now.plus(behaviour.untilResolvedAgain(incident)));
    }

    private int turn(UUID incident) {
        return reopened.contains(incident) ? 1 : 0;
    }

    static boolean isAtWork(IncidentNow seen) {
        return seen.status().equals("ACKNOWLEDGED") || seen.status().equals("IN_PROGRESS");
    }

    /** Whether nobody does anything to it any more. */
    static boolean isOver(IncidentNow seen) {
        return switch (seen.status()) {
            case "VERIFIED", "CLOSED", "FALSE_ALARM", "MERGED" -> true;
            default -> false;
        };
    }

    private static boolean isGrave(IncidentNow seen) {
        return "I".equals(seen.level()) || "II".equals(seen.level());
    }
}
