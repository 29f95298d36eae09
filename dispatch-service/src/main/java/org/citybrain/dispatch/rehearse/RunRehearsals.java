package org.citybrain.dispatch.rehearse;

import jakarta.annotation.PreDestroy;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.citybrain.access.Person;
import org.citybrain.dispatch.policy.PolicyKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Runs rehearsals in the background, one at a time in this instance; a few more may wait. What dies with its instance is told to have
 * failed by any other, or by the next one.
 */
@Component
class RunRehearsals {

    private static final Logger log = LoggerFactory.getLogger(RunRehearsals.class);

    private static final int SECONDS_TO_STOP = 4;

    private final PostgresRehearsals rehearsals;
    private final RehearseIncidents rehearseIncidents;
    private final RehearseCorrelation rehearseCorrelation;
    private final RehearsalSettings settings;
    private final Clock clock;

    private final String instance = ManagementFactory.getRuntimeMXBean().getName();
    private final Map<UUID, Course> courses = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final ExecutorService runner = Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("rehearsal").daemon(true).unstarted(work));
    private volatile boolean stopping;

    RunRehearsals(
            PostgresRehearsals rehearsals,
            RehearseIncidents rehearseIncidents,
            RehearseCorrelation rehearseCorrelation,
            RehearsalSettings settings,
            Clock clock) {
        this.rehearsals = rehearsals;
        this.rehearseIncidents = rehearseIncidents;
        this.rehearseCorrelation = rehearseCorrelation;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(1 + settings.waiting());
    }

    /**
     * Begins a rehearsal, or lets it wait for its turn.
     *
     * @throws RehearsalRefused if there is no such version, or too many wait already
     */
    UUID begin(PolicyKind kind, int version, Period period) {
        PostgresPolicyHistory history = rehearsals.policyHistory();
        Candidate candidate = candidate(history, kind, version);
        if (!places.tryAcquire()) {
            throw RehearsalRefused.busy(1 + settings.waiting());
        }
        UUID id = UUID.randomUUID();
        Course course = new Course();
        try {
            String by = Person.findCurrent()
                    .map(person -> "person:" + person.name())
                    .orElse("service");
            rehearsals.begin(id, candidate, period, by, instance, clock.instant());
            courses.put(id, course);
            runner.execute(() -> run(id, candidate, history, period, course));
        } catch (RuntimeException e) {
            courses.remove(id);
            places.release();
            throw e;
        }
        return id;
    }

    /** @throws RehearsalRefused if there is no such rehearsal, or it has ended */
    void cancel(UUID id) {
        String by =
                Person.findCurrent().map(person -> "person:" + person.name()).orElse("service");
        if (!rehearsals.askCancel(id, by)) {
            throw rehearsals
                    .findStatus(id)
                    .map(RehearsalRefused::ended)
                    .orElseGet(() -> RehearsalRefused.notFound("rehearsal", id.toString()));
        }
        Course course = courses.get(id);
        if (course != null) {
            course.cancel();
        }
    }

    private static Candidate candidate(PostgresPolicyHistory history, PolicyKind kind, int version) {
        try {
            return history.findCandidate(kind, version)
                    .orElseThrow(() -> RehearsalRefused.notFound(kind.key() + " policy", Integer.toString(version)));
        } catch (JacksonException e) {
            throw RehearsalRefused.unreadable(kind.key() + "@" + version, e.getOriginalMessage());
        } catch (IllegalStateException | NullPointerException e) {
            // A document of the right shape that misses what the evaluators cannot do without.
            throw RehearsalRefused.unreadable(kind.key() + "@" + version, String.valueOf(e.getMessage()));
        }
    }

    private void run(UUID id, Candidate candidate, PolicyHistory history, Period period, Course course) {
        try {
            course.goOn();
            rehearsals.start(id, clock.instant());
            RehearsalResult result = candidate.kind() == PolicyKind.CORRELATION
                    ? rehearseCorrelation.rehearse(candidate, history, period, course)
                    : rehearseIncidents.rehearse(candidate, history, period, course);
            course.goOn();
            if (rehearsals.finish(id, result, candidate, period, clock.instant())) {
                log.info(
                        "rehearsal {} of {}@{}: {} incidents in {} s, {} would have been otherwise",
                        id,
                        candidate.kind().key(),
                        candidate.version(),
                        result.replayed(),
                        Math.round(result.seconds()),
                        result.changedIncidents());
            }
        } catch (RehearsalCancelled e) {
            end(id, () -> {
                if (stopping) {
                    rehearsals.failed(id, "the service was stopped while it ran", clock.instant());
                } else {
                    rehearsals.cancelled(id, clock.instant());
                }
            });
        } catch (RuntimeException e) {
            log.error("rehearsal {} of {}@{} failed", id, candidate.kind().key(), candidate.version(), e);
            end(id, () -> rehearsals.failed(id, why(e), clock.instant()));
        } finally {
            courses.remove(id);
            places.release();
        }
    }

    private static String why(RuntimeException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** Where even that cannot be written, it is told to have failed when it has not been heard of for a while. */
    private static void end(UUID id, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            log.warn("the end of rehearsal {} cannot be stored: {}", id, e.getMessage());
        }
    }

    @Scheduled(fixedDelayString = "${city-brain.dispatch.rehearsal.heartbeat:2s}")
    void beat() {
        courses.forEach((id, course) -> rehearsals.beat(id, course.progress(), clock.instant()));
    }

    /** Cancelled by way of another instance. */
    @Scheduled(fixedDelayString = "${city-brain.dispatch.rehearsal.cancel-look:300ms}")
    void lookForCancels() {
        if (!courses.isEmpty()) {
            for (UUID id : rehearsals.listCancelAsked(courses.keySet())) {
                Course course = courses.get(id);
                if (course != null) {
                    course.cancel();
                }
            }
        }
    }

    @Scheduled(fixedDelayString = "${city-brain.dispatch.rehearsal.sweep:10s}")
    void failDead() {
        for (UUID id : rehearsals.failDead(clock.instant(), settings.deadAfter())) {
            log.warn("rehearsal {} has not been heard of for {}: it counts as failed", id, settings.deadAfter());
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        courses.values().forEach(Course::cancel);
        runner.shutdown();
        try {
            if (!runner.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                runner.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
