package org.citybrain.api.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citybrain.api.overview.Figures.Lines;
import org.citybrain.api.overview.Figures.Opened;
import org.citybrain.api.overview.History.Event;
import org.citybrain.api.overview.History.Task;
import org.jspecify.annotations.Nullable;

/** The same figures once more, by plain loops over the history: what docs/overview.md says, word by word. */
record CountByHand(History history) {

    Figures figures(String unit, Instant from, Instant to) {
        List<Event> here =
                history.incidents.stream().filter(event -> event.touches(unit)).toList();
        List<Event> opened = here.stream()
                .filter(event -> within(event.openedAt(), from, to))
                .toList();
        List<Task> tasks = history.incidents.stream()
                .flatMap(event -> event.tasks().stream())
                .filter(task -> task.unit().startsWith(unit))
                .toList();
        return Figures.of(
                new Opened(
                        opened.size(),
                        opened.stream().filter(CountByHand::isReal).count(),
                        opened.stream()
                                .filter(event -> event.status().equals("CLOSED"))
                                .count()),
                new Lines(
                        lines(here, "CLOSED", from, to),
                        lines(here, "MARKED_FALSE", from, to),
                        lines(here, "REOPENED", from, to),
                        here.stream()
                                .flatMap(event -> event.tasks().stream())
                                .mapToLong(task -> missed(task, from, to))
                                .sum(),
                        lines(here, "ESCALATED", from, to),
                        lines(here, "SUPERVISED", from, to),
                        tasks.stream()
                                .filter(task -> within(task.acknowledgedAt(), from, to) && !task.missesToAcknowledge())
                                .count(),
                        tasks.stream()
                                .filter(task -> task.missesToAcknowledge() && within(task.acknowledgeBy(), from, to))
                                .count(),
                        history.incidents.stream()
                                .filter(event -> within(firstResolved(event), from, to))
                                .flatMap(event -> event.tasks().stream()
                                        .filter(task -> task.unit().startsWith(unit))
                                        .filter(task -> !firstResolved(event).isAfter(task.resolveBy())
                                                || !task.missesToResolve()))
                                .count(),
                        tasks.stream()
                                .filter(task -> task.missesToResolve() && within(task.resolveBy(), from, to))
                                .count(),
                        median(tasks.stream()
                                .filter(task -> within(task.acknowledgedAt(), from, to))
                                .map(task -> seconds(task.dispatchedAt(), task.acknowledgedAt()))
                                .toList()),
                        median(here.stream()
                                .flatMap(event -> event.lines().stream()
                                        .filter(line -> line.kind().equals("RESOLVED") && within(line.at(), from, to))
                                        .map(line -> seconds(event.openedAt(), line.at())))
                                .toList())));
    }

    long open(String unit) {
        return history.incidents.stream()
                .filter(event -> event.isOpen() && event.touches(unit))
                .count();
    }

    private static boolean isReal(Event event) {
        return !event.status().equals("FALSE_ALARM") && !event.status().equals("MERGED");
    }

    private static long lines(List<Event> events, String kind, Instant from, Instant to) {
        return events.stream()
                .flatMap(event -> event.lines().stream())
                .filter(line -> line.kind().equals(kind) && within(line.at(), from, to))
                .count();
    }

    private static long missed(Task task, Instant from, Instant to) {
        return (task.missesToAcknowledge() && within(task.acknowledgeBy(), from, to) ? 1 : 0)
                + (task.missesToResolve() && within(task.resolveBy(), from, to) ? 1 : 0);
    }

    private static @Nullable Instant firstResolved(Event event) {
        return event.lines().stream()
                .filter(line -> line.kind().equals("RESOLVED"))
                .map(History.Line::at)
                .findFirst()
                .orElse(null);
    }

    private static boolean within(@Nullable Instant moment, Instant from, Instant to) {
        return moment != null && !moment.isBefore(from) && moment.isBefore(to);
    }

    private static double seconds(Instant from, @Nullable Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static @Nullable Double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return null;
        }
        return size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }
}
