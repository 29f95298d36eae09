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
import org.citybrain.dispatch.policy.CorrelationPolicy.Nearness;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reports are one incident: those of one type, or of types that go together, within a distance and a time of an open
 * incident (domain, section 6). The nearest incident takes a report; of two at the same distance the older one. Where the policy lets a
 * type wander, near means near any place where the incident was seen, and not too far from where it was opened.
 */
public final class CorrelateReports {

    /** Of the distance: how far places must lie from each other to be kept apart. */
    private static final double APART = 4;

    private final CorrelationPolicy policy;
    private final ItemCatalogue catalogue;
    private final Map<String, Group> groups = new HashMap<>();

    public CorrelateReports(CorrelationPolicy policy, ItemCatalogue catalogue) {
        this.policy = policy;
        this.catalogue = catalogue;
        Map<String, Double> reaches = new HashMap<>();
        Map<String, Double> wanderings = new HashMap<>();
        for (Item item : catalogue.all()) {
            Nearness nearness = policy.nearness(item);
            reaches.merge(policy.groupOf(item.code()), nearness.reachMeters(), Math::max);
            wanderings.merge(policy.groupOf(item.code()), nearness.wandersMeters(), Math::max);
        }
        reaches.forEach((name, reach) -> groups.put(
                name, new Group(new CorrelationCells(name, reach), wanderings.getOrDefault(name, 0.0) > 0, reach)));
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
                    if (group(report).wanders()) {
                        incident.wanderTo(
                                report.received().position(), nearness(report).meters() / APART);
                    }
                } else {
                    incident = Incident.open(
                            report,
                            group(report).cells().cellOf(report.received().position()));
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
            Duration window = nearness(report).window();
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
                    if (goTogether(report, candidate.type()) && isWithinReach(report, candidate.position())) {
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
                        && isWithinReach(report, incident.position())
                        && isTimely(report, incident)) {
                    double meters = incident.metersTo(report.received().position());
                    boolean older = nearest != null && incident.id().compareTo(nearest.id()) < 0;
                    if (meters <= nearness(report).meters()
                            && (meters < nearestMeters || (meters == nearestMeters && older))) {
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

    /** Whether an incident that was opened here may be near the report: the exact look is at all places where it was seen. */
    private boolean isWithinReach(LocatedReport report, Position openedAt) {
        return LocalMeters.distance(report.received().position(), openedAt) <= reachMeters(report);
    }

    private boolean isTimely(LocatedReport report, Incident incident) {
        Duration window = nearness(report).window();
        Instant occurredAt = report.report().occurredAt();
        return !occurredAt.isBefore(incident.firstOccurredAt().minus(window))
                && !occurredAt.isAfter(incident.lastOccurredAt().plus(window));
    }

    private List<Long> cellsAround(LocatedReport report) {
        return group(report).cells().cellsAround(report.received().position(), reachMeters(report));
    }

    /** An incident that wanders may have been opened by another type of the group, so the farthest reach of the group counts. */
    private double reachMeters(LocatedReport report) {
        Group group = group(report);
        return group.wanders() ? group.reachMeters() : nearness(report).meters();
    }

    private Group group(LocatedReport report) {
        Group group = groups.get(policy.groupOf(report.report().type()));
        if (group == null) {
            throw new IllegalStateException(
                    "no correlation rule for type '" + report.report().type() + "'");
        }
        return group;
    }

    private Nearness nearness(LocatedReport report) {
        return policy.nearness(catalogue.get(report.report().type()));
    }

    /** Types that go together; the reach is the farthest of any of them. */
    private record Group(CorrelationCells cells, boolean wanders, double reachMeters) {}

    /**
     * What came of it.
     *
     * @param incidents those that were opened or have taken in a report
     * @param failed reports that could not be taken in, and why
     */
    public record Correlation(List<Incident> incidents, Map<LocatedReport, String> failed) {}
}
