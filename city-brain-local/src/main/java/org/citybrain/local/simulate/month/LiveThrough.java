package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.citybrain.access.Person;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.local.simulate.month.MonthQueries.IncidentNow;
import org.citybrain.local.simulate.month.MonthQueries.News;
import org.citybrain.local.simulate.month.MonthQueries.TaskNow;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lives through some days step by step: what was reported until then goes through the pipeline, the sweep looks at what is due, people
 * hear of their tasks and do what they have in mind. Two threads act, each on incidents of its own.
 */
final class LiveThrough {

    private static final int THREADS = 2;
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration A_LITTLE_LATER = Duration.ofMinutes(30);
    /** How long the last matters may take: a week and a half to resolve, a day to close, twice. */
    private static final Duration TO_THE_END = Duration.ofDays(14);

    private static final Duration STEP_TO_THE_END = Duration.ofMinutes(60);

    private final SimulatedCity city;
    private final MonthQueries queries;
    private final ActAsPerson act;
    private final Behaviour behaviour;
    private final PriorityQueue<Intention> agenda = new PriorityQueue<>(
            Comparator.comparing(Intention::at).thenComparing(Intention::deed).thenComparing(Intention::incident));
    private final Map<UUID, Fate> fates = new HashMap<>();
    private final Map<UUID, Instant> asked = new HashMap<>();
    private final Set<UUID> reopened = new HashSet<>();

    LiveThrough(SimulatedCity city, long seed) {
        this.city = city;
        this.queries = new MonthQueries(city.source());
        this.act = new ActAsPerson(city.commands());
        this.behaviour = new Behaviour(seed);
    }

    MonthQueries queries() {
        return queries;
    }

    /**
     * @param days each a day's reports
     * @param step by which the clock jumps while reports come in
     * @param progress is told of each day that is over
     */
    void live(Instant begin, List<List<ReportReceived>> days, Duration step, Consumer<String> progress)
            throws InterruptedException {
        Instant now = begin;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int day = 0; day < days.size(); day++) {
                List<ReportReceived> reports = days.get(day);
                int reported = 0;
                Instant end = begin.plus(Duration.ofDays(day + 1L));
                while (now.isBefore(end)) {
                    now = now.plus(step);
                    int from = reported;
                    while (reported < reports.size()
                            && !reports.get(reported).receivedAt().isAfter(now)) {
                        reported++;
                    }
                    step(now, reports.subList(from, reported), threads);
                }
                progress.accept("day %d: %,d incidents so far, %,d things on people's minds"
                        .formatted(day + 1, fates.size(), agenda.size()));
            }
            Instant end = now.plus(TO_THE_END);
            while (now.isBefore(end)) {
                now = now.plus(STEP_TO_THE_END);
                step(now, List.of(), threads);
            }
            progress.accept("and two weeks more, to the end of all of it");
        }
    }

    MonthResult result(long reports, Duration took) {
        List<UUID> leftOpen = new ArrayList<>();
        List<UUID> stuck = new ArrayList<>();
        for (UUID open : queries.open()) {
            (fates.get(open) == Fate.LEFT_OPEN ? leftOpen : stuck).add(open);
        }
        return CountMonth.count(queries, act, reports, stuck, leftOpen, took);
    }

    private void step(Instant now, List<ReportReceived> reports, ExecutorService threads) throws InterruptedException {
        city.jumpTo(now);
        city.report(reports);
        city.sweep();
        queries.news().forEach(this::hear);
        act(now, threads);
    }

    /** Whoever is given a task makes up their mind, as does whoever commands an incident that was opened. */
    private void hear(News news) {
        if (news.alarm() && news.kind().equals("SUPERVISED")) {
            fetch(news);
        }
        JsonNode tasks = news.tasks();
        if (tasks == null) {
            return;
        }
        for (JsonNode each : tasks) {
            GivenTask task = given(each);
            if (task != null && !task.acknowledgeBy().equals(asked.put(task.id(), task.acknowledgeBy()))) {
                agenda.addAll(behaviour.withTask(news.incident(), task, news.at(), fate(news, task)));
            }
        }
    }

    /** Drawn when the first task of an incident is given. */
    private Fate fate(News news, GivenTask task) {
        Fate known = fates.get(news.incident());
        if (known != null) {
            return known;
        }
        boolean grave = "I".equals(news.level()) || "II".equals(news.level());
        Fate fate = behaviour.fate(news.incident(), !grave);
        fates.put(news.incident(), fate);
        agenda.addAll(behaviour.withIncident(
                news.incident(), fate, news.at(), Duration.between(news.at(), task.resolveBy()), grave));
        return fate;
    }

    /** When the alarm rings in the city, somebody takes the city's task on. */
    private void fetch(News news) {
        String unit = "50";
        GivenTask task =
                new GivenTask(IncidentId.ofTask(news.incident(), unit), unit, null, "COORDINATE", news.at(), news.at());
        agenda.add(Intention.on(news.incident(), task, Deed.ACKNOWLEDGE, news.at()));
    }

    private static @Nullable GivenTask given(JsonNode task) {
        boolean waits = task.path("status").asString().equals("DISPATCHED") && task.has("acknowledgeBy");
        return waits
                ? new GivenTask(
                        UUID.fromString(task.path("id").asString()),
                        task.path("unitCode").asString(),
                        task.at("/department/code").asStringOpt().orElse(null),
                        task.path("role").asString(),
                        Instant.parse(task.path("acknowledgeBy").asString()),
                        Instant.parse(task.path("resolveBy").asString()))
                : null;
    }

    private void act(Instant now, ExecutorService threads) throws InterruptedException {
        List<List<Intention>> shares = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            shares.add(new ArrayList<>());
        }
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
            Intention next = agenda.poll();
            shares.get(Math.floorMod(next.incident().hashCode(), THREADS)).add(next);
        }
        List<Future<List<Intention>>> acting = new ArrayList<>();
        for (List<Intention> share : shares) {
            acting.add(threads.submit(() -> act(now, share)));
        }
        for (Future<List<Intention>> each : acting) {
            try {
                agenda.addAll(each.get());
            } catch (ExecutionException failure) {
                throw new IllegalStateException("somebody could not act", failure.getCause());
            }
        }
    }

    /** @return what follows from it */
    private List<Intention> act(Instant now, List<Intention> intentions) {
        List<Intention> next = new ArrayList<>();
        for (Intention intention : intentions) {
            GivenTask task = intention.task();
            Intention follows = task == null ? actOnIncident(now, intention) : actOnTask(intention, task);
            if (follows != null) {
                next.add(follows);
            }
        }
        return next;
    }

    private @Nullable Intention actOnTask(Intention intention, GivenTask task) {
        TaskNow seen = queries.task(intention.incident(), task.id());
        boolean can = switch (intention.deed()) {
            case ACKNOWLEDGE -> seen.status().equals("DISPATCHED");
            case COMPLETE, RETURN -> seen.status().equals("ACKNOWLEDGED");
            default -> throw new IllegalStateException(intention.deed() + " is done to an incident");
        };
        if (!can) {
            return null;
        }
        IncidentNow incident = queries.incident(intention.incident());
        boolean late = intention.deed() == Deed.RETURN ? !isAtWork(incident) : isOver(incident);
        if (late) {
            return null;
        }
        act.onTask(MadeUpPeople.of(task), task.id(), intention.deed(), seen);
        return null;
    }

    private @Nullable Intention actOnIncident(Instant now, Intention intention) {
        UUID incident = intention.incident();
        IncidentNow seen = queries.incident(incident);
        return switch (intention.deed()) {
            case CONTAIN, REPORT_SITUATION -> {
                boolean goesOn = intention.deed() == Deed.REPORT_SITUATION
                        && seen.status().equals("CONTAINED");
                if (isAtWork(seen) || goesOn) {
                    act.onIncident(MadeUpPeople.onDuty(seen.commandingUnit()), incident, intention.deed(), seen, false);
                }
                yield null;
            }
            case MARK_FALSE -> {
                if (!isOver(seen)) {
                    act.onIncident(operator(seen), incident, Deed.MARK_FALSE, seen, false);
                }
                yield null;
            }
            case RESOLVE -> resolve(now, intention, seen);
            case VERIFY -> verify(now, intention, seen);
            case CLOSE -> {
                if (seen.status().equals("VERIFIED")) {
                    act.onIncident(MadeUpPeople.ofTheCity(seen.commandingUnit()), incident, Deed.CLOSE, seen, false);
                }
                yield null;
            }
            case REOPEN -> reopen(now, intention, seen);
            default -> throw new IllegalStateException(intention.deed() + " is done to a task");
        };
    }

    /** Where nobody has taken anything on, or others are still out, a little later; in the end with force. */
    private @Nullable Intention resolve(Instant now, Intention intention, IncidentNow seen) {
        if (seen.status().equals("DISPATCHED")) {
            return intention.again(now.plus(A_LITTLE_LATER));
        }
        if (!isAtWork(seen) && !seen.status().equals("CONTAINED")) {
            return null;
        }
        boolean force = intention.attempts() >= MOST_ATTEMPTS;
        String refused = act.onIncident(
                MadeUpPeople.onDuty(seen.commandingUnit()), intention.incident(), Deed.RESOLVE, seen, force);
        return refused == null
                ? Intention.on(
                        intention.incident(),
                        Deed.VERIFY,
                        now.plus(behaviour.untilVerified(intention.incident(), turn(intention.incident()))))
                : intention.again(now.plus(A_LITTLE_LATER));
    }

    private @Nullable Intention verify(Instant now, Intention intention, IncidentNow seen) {
        UUID incident = intention.incident();
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

    private @Nullable Intention reopen(Instant now, Intention intention, IncidentNow seen) {
        UUID incident = intention.incident();
        if (!seen.status().equals("VERIFIED") && !seen.status().equals("CLOSED")) {
            return null;
        }
        act.onIncident(operator(seen), incident, Deed.REOPEN, seen, false);
        synchronized (reopened) {
            reopened.add(incident);
        }
        return Intention.on(incident, Deed.RESOLVE, now.plus(behaviour.untilResolvedAgain(incident)));
    }

    /** An operator in command: of a grid's matters one of its community. */
    private static Person operator(IncidentNow seen) {
        return MadeUpPeople.whoLooks(seen.commandingUnit());
    }

    private int turn(UUID incident) {
        synchronized (reopened) {
            return reopened.contains(incident) ? 1 : 0;
        }
    }

    private static boolean isAtWork(IncidentNow seen) {
        return seen.status().equals("ACKNOWLEDGED") || seen.status().equals("IN_PROGRESS");
    }

    private static boolean isGrave(IncidentNow seen) {
        return "I".equals(seen.level()) || "II".equals(seen.level());
    }

    /** Whether nobody does anything to it any more. */
    private static boolean isOver(IncidentNow seen) {
        return switch (seen.status()) {
            case "VERIFIED", "CLOSED", "FALSE_ALARM", "MERGED" -> true;
            default -> false;
        };
    }
}
