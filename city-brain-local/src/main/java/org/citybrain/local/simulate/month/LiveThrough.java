package org.citybrain.local.simulate.month;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.citybrain.dispatch.correlate.IncidentId;
import org.citybrain.local.simulate.month.MonthQueries.IncidentNow;
import org.citybrain.local.simulate.month.MonthQueries.News;
import org.citybrain.local.simulate.month.MonthQueries.TaskNow;
import org.citybrain.messages.ReportReceived;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lives through some days step by step: what was reported until then goes through the pipeline, the sweeps look at what is due, people
 * hear of their tasks and do what they have in mind. Two threads act, each on incidents of its own.
 */
final class LiveThrough {

    private static final int THREADS = 2;
    /** How long the last matters may take: a week and a half to resolve, a day to close, twice. */
    private static final Duration TO_THE_END = Duration.ofDays(14);

    private static final Duration STEP_TO_THE_END = Duration.ofMinutes(60);
    /** What is opened later than that by a late report might not be over in the end. */
    private static final Duration LATE_REPORTS_UNTIL = Duration.ofDays(2);

    private static final String BY_RULE = "rule:";

    private final SimulatedCity city;
    private final MonthQueries queries;
    private final Behaviour behaviour;
    private final ActAsPerson act;
    private final ActOnIncident onIncident;
    private final ActOnCheckIn onCheckIn;
    private final LateReports lateReports;
    private final WatchOfficers officers;
    private final PriorityQueue<Intention> agenda = new PriorityQueue<>(
            Comparator.comparing(Intention::at).thenComparing(Intention::deed).thenComparing(Intention::incident));
    private final Map<UUID, Fate> fates = new HashMap<>();
    private final Map<UUID, Instant> asked = new HashMap<>();
    private Instant noLateReportsAfter = Instant.MAX;
    private long reported;

    LiveThrough(SimulatedCity city, MonthQueries queries, long seed) {
        this.city = city;
        this.queries = queries;
        this.behaviour = new Behaviour(seed);
        this.act = new ActAsPerson(city.commands());
        this.onIncident = new ActOnIncident(act, behaviour, fates);
        this.onCheckIn = new ActOnCheckIn(queries, act, behaviour);
        this.lateReports = new LateReports(queries, behaviour);
        this.officers = new WatchOfficers(city.api().reachWatch(), behaviour);
    }

    /**
     * @param days each a day's reports
     * @param step by which the clock jumps while reports come in
     * @param progress is told of each day that is over
     */
    void live(Instant begin, List<List<ReportReceived>> days, Duration step, Consumer<String> progress)
            throws InterruptedException {
        Instant now = begin;
        Instant lastDayEnds = begin.plus(Duration.ofDays(days.size()));
        noLateReportsAfter = lastDayEnds.plus(LATE_REPORTS_UNTIL);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int day = 0; day < days.size(); day++) {
                List<ReportReceived> reports = days.get(day);
                int next = 0;
                Instant end = begin.plus(Duration.ofDays(day + 1L));
                while (now.isBefore(end)) {
                    now = now.plus(step);
                    int from = next;
                    while (next < reports.size()
                            && !reports.get(next).receivedAt().isAfter(now)) {
                        next++;
                    }
                    step(now, reports.subList(from, next), threads);
                }
                progress.accept("day %d: %,d incidents so far, %,d things on people's minds"
                        .formatted(day + 1, fates.size(), agenda.size()));
            }
            Instant end = lastDayEnds.plus(TO_THE_END);
            while (now.isBefore(end)) {
                now = now.plus(STEP_TO_THE_END);
                step(now, List.of(), threads);
            }
            progress.accept("and two weeks more, to the end of all of it");
        }
    }

    /** How many reports were put in. */
    long reported() {
        return reported;
    }

    ActAsPerson people() {
        return act;
    }

    /** Whether it was to be left open. */
    boolean isLeftOpen(UUID incident) {
        return fates.get(incident) == Fate.LEFT_OPEN;
    }

    private void step(Instant now, List<ReportReceived> reports, ExecutorService threads) throws InterruptedException {
        city.jumpTo(now);
        List<ReportReceived> received = new ArrayList<>(reports);
        received.addAll(lateReports.until(now));
        city.report(received);
        reported += received.size();
        city.sweep();
        queries.news().forEach(this::hear);
        officers.store();
        act(now, threads);
    }

    /** Whoever is given a task makes up their mind, as does whoever commands an incident that was opened. */
    private void hear(News news) {
        if (news.at().isBefore(noLateReportsAfter)) {
            lateReports.consider(news);
        }
        if (news.alarm() && news.kind().equals("SUPERVISED")) {
            fetch(news);
        }
        if (news.kind().equals("REOPENED") && news.actor().startsWith(BY_RULE)) {
            agenda.add(onIncident.reopenedByReport(news.incident(), news.at()));
        }
        if (news.checkIns() != null) {
            for (JsonNode each : news.checkIns()) {
                agenda.addAll(behaviour.withSummons(news.incident(), summons(news, each)));
            }
        }
        if (news.tasks() != null) {
            for (JsonNode each : news.tasks()) {
                hear(news, each);
            }
        }
    }

    private void hear(News news, JsonNode each) {
        GivenTask task = given(each);
        if (task == null) {
            officers.answered(UUID.fromString(each.path("id").asString()));
            return;
        }
        boolean isNew = !task.acknowledgeBy().equals(asked.put(task.id(), task.acknowledgeBy()));
        // Who was summoned checks in, and who could not be reached hears nothing.
        if (isNew && !news.kind().equals("WHISTLED") && !news.kind().equals("UNREACHABLE")) {
            agenda.addAll(behaviour.withTask(news.incident(), task, news.at(), fate(news, task)));
            officers.given(news, task);
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
        agenda.addAll(behaviour.withWhistle(news.incident(), news.at()));
        return fate;
    }

    /** When the alarm rings in the city, somebody takes the city's task on. */
    private void fetch(News news) {
        String unit = "50";
        GivenTask task =
                new GivenTask(IncidentId.ofTask(news.incident(), unit), unit, null, "COORDINATE", news.at(), news.at());
        agenda.add(Intention.on(news.incident(), task, Deed.ACKNOWLEDGE, news.at()));
    }

    private static Summons summons(News news, JsonNode checkIn) {
        return new Summons(
                UUID.fromString(checkIn.path("id").asString()),
                checkIn.at("/department/code").asString(),
                checkIn.path("whistledUnit").asString(),
                news.at(),
                Instant.parse(checkIn.path("dueAt").asString()));
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
            Intention follows = act(now, intention);
            if (follows != null) {
                next.add(follows);
            }
        }
        return next;
    }

    private @Nullable Intention act(Instant now, Intention intention) {
        if (intention.task() != null) {
            actOnTask(intention, intention.task());
            return null;
        }
        if (intention.summons() != null) {
            onCheckIn.act(intention, intention.summons());
            return null;
        }
        IncidentNow seen = queries.incident(intention.incident());
        if (intention.deed() == Deed.WHISTLE) {
            onCheckIn.whistle(intention, seen);
            return null;
        }
        return onIncident.act(now, intention, seen);
    }

    private void actOnTask(Intention intention, GivenTask task) {
        TaskNow seen = queries.task(intention.incident(), task.id());
        if (seen == null) {
            return;
        }
        boolean can = switch (intention.deed()) {
            case ACKNOWLEDGE -> seen.status().equals("DISPATCHED");
            // Who has been given the command meanwhile resolves.
            case COMPLETE ->
                seen.status().equals("ACKNOWLEDGED") && !seen.role().equals("COMMAND");
            case RETURN -> seen.status().equals("ACKNOWLEDGED");
            default -> throw new IllegalStateException(intention.deed() + " is not done to a task");
        };
        if (!can) {
            return;
        }
        IncidentNow incident = queries.incident(intention.incident());
        boolean late =
                intention.deed() == Deed.RETURN ? !ActOnIncident.isAtWork(incident) : ActOnIncident.isOver(incident);
        if (!late) {
            act.onTask(MadeUpPeople.of(task), task.id(), intention.deed(), seen);
        }
    }
}
