package org.citybrain.local.simulate.month;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.citybrain.local.simulate.month.MonthQueries.IncidentPlace;
import org.citybrain.local.simulate.month.MonthQueries.News;
import org.citybrain.messages.Report.Source;
import org.citybrain.messages.ReportReceived;
import org.citybrain.messages.SourceKind;

/**
 * Reports of what others take for over: somebody had no network, and sends when it is resolved, verified or closed what they saw when it
 * began. Each incident has one at most.
 */
final class LateReports {

    private static final Set<String> TAKEN_FOR_OVER = Set.of("RESOLVED", "VERIFIED", "CLOSED");
    private static final Duration AFTER_THE_FIRST = Duration.ofMinutes(2);

    private final MonthQueries queries;
    private final Behaviour behaviour;
    private final Set<UUID> reported = new HashSet<>();
    private final PriorityQueue<Late> waiting =
            new PriorityQueue<>(Comparator.comparing(Late::at).thenComparing(Late::incident));

    LateReports(MonthQueries queries, Behaviour behaviour) {
        this.queries = queries;
        this.behaviour = behaviour;
    }

    /** Whether this line makes somebody report late. */
    void consider(News news) {
        if (TAKEN_FOR_OVER.contains(news.kind()) && !reported.contains(news.incident())) {
            behaviour.untilReportedLate(news.incident(), news.kind()).ifPresent(after -> {
                reported.add(news.incident());
                waiting.add(new Late(news.at().plus(after), news.incident()));
            });
        }
    }

    /** What is reported until then. */
    List<ReportReceived> until(Instant now) {
        List<ReportReceived> reports = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.peek().at().isAfter(now)) {
            Late late = waiting.poll();
            IncidentPlace incident = queries.place(late.incident());
            reports.add(Happenings.report(
                    UUID.nameUUIDFromBytes(("late:" + late.incident()).getBytes(StandardCharsets.UTF_8)),
                    new Source(
                            SourceKind.GRID_WORKER, "worker-" + incident.place().gridCode(), null),
                    incident.type(),
                    incident.place(),
                    incident.firstOccurredAt().plus(AFTER_THE_FIRST),
                    late.at(),
                    incident.emergency() ? 1L : null));
        }
        return reports;
    }

    private record Late(Instant at, UUID incident) {}
}
