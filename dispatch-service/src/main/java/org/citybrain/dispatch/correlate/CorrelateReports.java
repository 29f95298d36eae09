package org.citybrain.dispatch.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.dispatch.correlate.OpenIncidents.Candidate;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reports are one incident: those of one type, or of types that go together, within a distance and a time of an open
 * incident (domain, section 6). The nearest incident takes a report; of two at the same distance the older one.
 */
public final class CorrelateReports {

    private final CorrelationPolicy policy;
    private final ItemCatalogue catalogue;
    private final Map<String, CorrelationCells> cellsByGroup = new HashMap<>();

    public CorrelateReports(CorrelationPolicy policy, ItemCatalogue catalogue) {
        this.policy = policy;
        this.catalogue = catalogue;
        Map<String, Double> radiusByGroup = new HashMap<>();
        for (Item item : catalogue.all()) {
            radiusByGroup.merge(policy.groupOf(item.code()), item.correlationMeters(), Math::max);
        }
        radiusByGroup.forEach((group, radius) -> cellsByGroup.put(group, new CorrelationCells(group, radius)));
    }

    /** The cells that must be locked before these reports are correlated, in the order of locking. */
    public SortedSet<Long> cells(List<LocatedReport> reports) {
        SortedSet<Long> cells = new TreeSet<>();
        for (LocatedReport report : reports) {
            cells.addAll(cellsAround(report));
        }
        return cells;
    }

    /**
     * Puts each report into an incident, an open one or a new one. The cells are locked already; here the incidents that may take a
     * report are locked as well, then read as they are now.
     */
    public Correlation correlate(List<LocatedReport> reports, OpenIncidents openIncidents, Instant now) {
        List<UUID> reachable = reachable(reports, openIncidents, now);
        openIncidents.lock(reachable);
        Map<Long, List<Incident>> byCell = new HashMap<>();
        for (Incident incident : openIncidents.read(reachable)) {
            byCell.computeIfAbsent(incident.correlationCell(), c -> new ArrayList<>())
                    .add(incident);
        }

        Set<Incident> changed = new LinkedHashSet<>();
        Map<LocatedReport, String> failed = new LinkedHashMap<>();
        for (LocatedReport report : reports) {
            try {
                Incident incident = nearest(report, byCell);
                if (incident != null) {
                    incident.add(report);
                } else {
                    incident = Incident.open(
                            report, cellsOf(report).cellOf(report.received().position()));
                    byCell.computeIfAbsent(incident.correlationCell(), c -> new ArrayList<>())
                            .add(incident);
                }
                changed.add(incident);
            } catch (RuntimeException e) {
                failed.put(report, "the footprint cannot be joined to the others: " + e.getMessage());
            }
        }
        return new Correlation(List.copyOf(changed), failed);
    }

    /** The open incidents that lie near enough to one of the reports. */
    private List<UUID> reachable(List<LocatedReport> reports, OpenIncidents openIncidents, Instant now) {
        Duration widest = Duration.ZERO;
        Instant earliest = now;
        Instant latest = Instant.EPOCH;
        for (LocatedReport report : reports) {
            Instant occurredAt = report.report().occurredAt();
            earliest = occurredAt.isBefore(earliest) ? occurredAt : earliest;
            latest = occurredAt.isAfter(latest) ? occurredAt : latest;
            Duration window = Duration.ofMinutes(item(report).correlationMinutes());
            widest = window.compareTo(widest) > 0 ? window : widest;
        }
        Map<Long, List<Candidate>> byCell = openIncidents
                .list(
                        cells(reports),
                        now.minus(Duration.ofDays(policy.mergeableForDays())),
                        earliest.minus(widest),
                        latest.plus(widest))
                .stream()
                .collect(Collectors.groupingBy(Candidate::cell));
        Set<UUID> reachable = new HashSet<>();
        for (LocatedReport report : reports) {
            for (long cell : cellsAround(report)) {
                for (Candidate candidate : byCell.getOrDefault(cell, List.of())) {
                    if (goTogether(report, candidate.type()) && isNear(report, candidate.position())) {
                        reachable.add(candidate.id());
                    }
                }
            }
        }
        return List.copyOf(reachable);
    }

    private @Nullable Incident nearest(LocatedReport report, Map<Long, List<Incident>> byCell) {
        Incident nearest = null;
        double nearestMeters = Double.MAX_VALUE;
        for (long cell : cellsAround(report)) {
            for (Incident incident : byCell.getOrDefault(cell, List.of())) {
                if (goTogether(report, incident.type())
                        && isNear(report, incident.position())
                        && isTimely(report, incident)) {
                    double meters = LocalMeters.distance(report.received().position(), incident.position());
                    boolean older = nearest != null && incident.id().compareTo(nearest.id()) < 0;
                    if (meters < nearestMeters || (meters == nearestMeters && older)) {
                        nearest = incident;
                        nearestMeters = meters;
                    }
                }
            }
        }
        return nearest;
    }

    private boolean goTogether(LocatedReport report, String type) {
        return policy.groupOf(report.report().type()).equals(policy.groupOf(type));
    }

    private boolean isNear(LocatedReport report, Position position) {
        return LocalMeters.distance(report.received().position(), position)
                <= item(report).correlationMeters();
    }

    private boolean isTimely(LocatedReport report, Incident incident) {
        Duration window = Duration.ofMinutes(item(report).correlationMinutes());
        Instant occurredAt = report.report().occurredAt();
        return !occurredAt.isBefore(incident.firstOccurredAt().minus(window))
                && !occurredAt.isAfter(incident.lastOccurredAt().plus(window));
    }

    private List<Long> cellsAround(LocatedReport report) {
        return cellsOf(report)
                .cellsAround(report.received().position(), item(report).correlationMeters());
    }

    private CorrelationCells cellsOf(LocatedReport report) {
        CorrelationCells cells = cellsByGroup.get(policy.groupOf(report.report().type()));
        if (cells == null) {
            throw new IllegalStateException(
                    "no correlation rule for type '" + report.report().type() + "'");
        }
        return cells;
    }

    private Item item(LocatedReport report) {
        return catalogue.get(report.report().type());
    }

    /**
     * What came of it.
     *
     * @param incidents those that were opened or have taken in a report
     * @param failed reports that could not be taken in, and why
     */
    public record Correlation(List<Incident> incidents, Map<LocatedReport, String> failed) {}
}
