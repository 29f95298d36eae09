package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * How people behave, drawn from the seed and the id of what they are given: the same seed gives the same month, whichever thread comes
 * first. Shares are made up: most acknowledge in time, some late, some never, a few give their task back.
 */
final class Behaviour {

    private static final double FALSE_ALARMS = 0.08;
    private static final double LEFT_OPEN = 0.002;
    private static final double REOPENED = 0.03;
    private static final double CLOSED_BY_HAND = 0.25;

    private static final double IN_TIME = 0.94;
    private static final double LATE = 0.03;
    private static final double NEVER = 0.02;
    private static final double RESOLVED_LATE = 0.05;
    private static final double SITUATION_REPORT_FORGOTTEN = 0.15;
    private static final double EASED = 0.4;

    private static final double WHISTLED = 0.03;
    private static final double ABSENT = 0.12;
    private static final double CHECKED_IN_LATE = 0.18;
    private static final double WITHOUT_NETWORK = 0.1;
    private static final double SERVED = 0.92;
    private static final double RATED = 0.85;
    private static final double EFFECTIVE = 0.8;
    private static final double OUTSIDE = 0.15;

    private static final double REPORTED_LATE = 0.02;
    private static final double WATCHED = 0.05;

    private static final int CITY_DIGITS = 2;

    private final long seed;

    Behaviour(long seed) {
        this.seed = seed;
    }

    Fate fate(UUID incident, boolean closesByRule) {
        double dice = random(incident, 1).nextDouble();
        if (dice < FALSE_ALARMS) {
            return Fate.FALSE_ALARM;
        }
        if (dice < FALSE_ALARMS + LEFT_OPEN) {
            return Fate.LEFT_OPEN;
        }
        if (dice < FALSE_ALARMS + LEFT_OPEN + REOPENED) {
            return Fate.REOPENED;
        }
        return !closesByRule || dice < FALSE_ALARMS + LEFT_OPEN + REOPENED + CLOSED_BY_HAND
                ? Fate.CLOSED_BY_HAND
                : Fate.CLOSED_BY_RULE;
    }

    /** What is to be done with an incident from its opening on. */
    List<Intention> withIncident(UUID incident, Fate fate, Instant openedAt, Duration resolveWithin, boolean grave) {
        Random random = random(incident, 2);
        List<Intention> intended = new ArrayList<>();
        if (fate == Fate.FALSE_ALARM) {
            intended.add(Intention.on(incident, Deed.MARK_FALSE, openedAt.plus(minutes(random, 5, 120))));
            return intended;
        }
        if (fate == Fate.LEFT_OPEN) {
            return intended;
        }
        double share = random.nextDouble() < RESOLVED_LATE ? between(random, 1.05, 1.4) : between(random, 0.05, 0.7);
        if (grave && random.nextDouble() < EASED) {
            // Long enough at II again that a situation report is due, which nobody makes.
            intended.add(Intention.on(incident, Deed.EASE, openedAt.plus(share(resolveWithin, 0.15))));
            intended.add(Intention.on(incident, Deed.WORSEN, openedAt.plus(share(resolveWithin, 0.3))));
            intended.add(Intention.on(incident, Deed.RESOLVE, openedAt.plus(share(resolveWithin, 0.9))));
            return intended;
        }
        Instant resolvedAt = openedAt.plus(share(resolveWithin, share));
        if (grave) {
            intended.add(Intention.on(incident, Deed.CONTAIN, openedAt.plus(share(resolveWithin, share / 2))));
            for (Instant at = openedAt.plus(minutes(random, 60, 110));
                    at.isBefore(resolvedAt);
                    at = at.plus(minutes(random, 80, 118))) {
                if (random.nextDouble() > SITUATION_REPORT_FORGOTTEN) {
                    intended.add(Intention.on(incident, Deed.REPORT_SITUATION, at));
                }
            }
        }
        intended.add(Intention.on(incident, Deed.RESOLVE, resolvedAt));
        return intended;
    }

    /** What whoever is given a task does with it. */
    List<Intention> withTask(UUID incident, GivenTask task, Instant givenAt, Fate fate) {
        Random random = random(task.id(), 3 + task.acknowledgeBy().toEpochMilli());
        Duration within = Duration.between(givenAt, task.acknowledgeBy());
        double dice = random.nextDouble();
        boolean ofTheCity = task.unit().length() == CITY_DIGITS;
        List<Intention> intended = new ArrayList<>();
        Instant acknowledgedAt = givenAt.plus(share(within, between(random, 0.1, 0.9)));
        if (!ofTheCity && dice >= IN_TIME) {
            if (dice < IN_TIME + LATE) {
                acknowledgedAt = givenAt.plus(share(within, between(random, 1.1, 3)));
            } else if (dice < IN_TIME + LATE + NEVER) {
                return intended;
            } else {
                intended.add(Intention.on(incident, task, Deed.RETURN, acknowledgedAt.plus(minutes(random, 5, 60))));
            }
        }
        intended.add(Intention.on(incident, task, Deed.ACKNOWLEDGE, acknowledgedAt));
        if (task.role().equals("EXECUTE") && fate != Fate.LEFT_OPEN) {
            intended.add(Intention.on(
                    incident,
                    task,
                    Deed.COMPLETE,
                    givenAt.plus(share(Duration.between(givenAt, task.resolveBy()), 0.05))));
        }
        return intended;
    }

    /** When its grid, or the street, whistles for departments; never, for most. */
    List<Intention> withWhistle(UUID incident, Instant openedAt) {
        Random random = random(incident, 40);
        return random.nextDouble() < WHISTLED
                ? List.of(Intention.on(incident, Deed.WHISTLE, openedAt.plus(minutes(random, 10, 60))))
                : List.of();
    }

    /** Whether the street whistles, not the grid. */
    boolean isWhistledByStreet(UUID incident) {
        return random(incident, 41).nextBoolean();
    }

    /** Which of the departments that serve a unit are called. */
    List<String> summoned(UUID incident, List<String> departments) {
        Random random = random(incident, 42);
        int first = random.nextInt(departments.size());
        return random.nextBoolean()
                ? List.of(departments.get(first))
                : List.of(departments.get(first), departments.get((first + 1) % departments.size()));
    }

    /** What a department that was summoned does, and whoever whistled. */
    List<Intention> withSummons(UUID incident, Summons summons) {
        Random random = random(summons.id(), 43);
        Instant there = arrival(summons);
        List<Intention> intended = new ArrayList<>();
        if (random.nextDouble() < ABSENT) {
            return intended;
        }
        Instant said = random.nextDouble() < WITHOUT_NETWORK ? there.plus(minutes(random, 30, 90)) : there;
        intended.add(Intention.on(incident, summons, Deed.CHECK_IN, said));
        Instant served = said.plus(minutes(random, 20, 120));
        if (random.nextDouble() < SERVED) {
            intended.add(Intention.on(incident, summons, Deed.SERVE, served));
        }
        if (random.nextDouble() < RATED) {
            intended.add(Intention.on(incident, summons, Deed.RATE, served.plus(minutes(random, 10, 200))));
        }
        return intended;
    }

    /** When it is on the spot, by its own clock: whoever has no network says so later. */
    Instant arrival(Summons summons) {
        Random random = random(summons.id(), 44);
        double share = random.nextDouble() < CHECKED_IN_LATE ? between(random, 1.1, 6) : between(random, 0.2, 0.95);
        return summons.whistledAt().plus(share(Duration.between(summons.whistledAt(), summons.dueAt()), share));
    }

    boolean isOutside(Summons summons) {
        return random(summons.id(), 45).nextDouble() < OUTSIDE;
    }

    boolean isEffective(Summons summons) {
        return random(summons.id(), 46).nextDouble() < EFFECTIVE;
    }

    /** How long after this line of its timeline somebody reports it once more; empty for most. */
    Optional<Duration> untilReportedLate(UUID incident, String kind) {
        Random random = random(incident, kind.hashCode());
        return random.nextDouble() < REPORTED_LATE ? Optional.of(minutes(random, 1, 20)) : Optional.empty();
    }

    /** Whether people of this unit want to be told of its tasks, so that it is noticed when they cannot be. */
    boolean isWatched(String unit) {
        return new Random(seed ^ (unit.hashCode() * 0x9E3779B97F4A7C15L)).nextDouble() < WATCHED;
    }

    /** When somebody looks whether it is over. */
    Duration untilVerified(UUID incident, int turn) {
        return minutes(random(incident, 10 + turn), 20, 300);
    }

    /** When it is closed by hand, or found to be not over after all. */
    Duration untilClosed(UUID incident, int turn) {
        return minutes(random(incident, 20 + turn), 30, 600);
    }

    /** How long the second attempt takes. */
    Duration untilResolvedAgain(UUID incident) {
        return minutes(random(incident, 30), 60, 600);
    }

    private Random random(UUID id, long about) {
        return new Random(seed ^ id.getLeastSignificantBits() ^ (about * 0x9E3779B97F4A7C15L));
    }

    private static Duration minutes(Random random, int from, int to) {
        return Duration.ofMinutes(random.nextInt(from, to));
    }

    private static double between(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    private static Duration share(Duration whole, double share) {
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
}
