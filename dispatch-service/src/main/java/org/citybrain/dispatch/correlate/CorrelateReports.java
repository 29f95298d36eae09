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
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citybrain.dispatch.correlate.OpenIncidents.Candidate;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelatedBy;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.Policies.Versioned;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reports are one incident: those of one type, or of types that go together, within a distance and a time of an open
 * incident (domain, section 6). The nearest incident takes a report; of two at the same distance the older one. Where the policy lets a
 * type wander, near means near any place where the incident was seen, and not too far from where it was opened. An open incident takes in
 * reports by the rules that it was opened with, whichever are in force now.
 */
public final class CorrelateReports {

    private final CorrelationRules inForce;
    private final List<CorrelationRules> all;
    private final boolean pinned;

    /**
     * @param inForce by what a new incident is opened
     * @param others by what incidents were opened that are open still, or may be opened elsewhere at this moment
     */
    public CorrelateReports(CorrelatedBy inForce, List<CorrelatedBy> others) {
        this(
                new CorrelationRules(inForce),
                others.stream()
                        .filter(by -> !by.equals(inForce))
                        .map(CorrelationRules::new)
                        .toList(),
                true);
    }

    /** By these rules alone, whatever an incident was opened with: what a rehearsal asks. */
    public CorrelateReports(CorrelationPolicy policy, ItemCatalogue catalogue) {
        this(
                new CorrelationRules(new CorrelatedBy(new Versioned<>(0, policy), new Versioned<>(0, catalogue))),
                List.of(),
                false);
    }

    private CorrelateReports(CorrelationRules inForce, List<CorrelationRules> others, boolean pinned) {
        this.inForce = inForce;
        this.all = Stream.concat(Stream.of(inForce), others.stream()).toList();
        this.pinned = pinned;
    }

    /** The cell that an incident of this type at this place is found by, if it is opened now. */
    public long cellOf(String type, Position position) {
        return inForce.cellOf(type, position);
    }

    /** Notes the places of reports that the incident holds already, where the rules that it was opened with let it wander. */
    public void wander(Incident incident, List<LocatedReport> reports) {
        CorrelationRules rules = rulesOf(incident);
        if (rules != null) {
            reports.forEach(report -> rules.wander(incident, report));
        }
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
                Incident incident = nearest(report, byCell, now);
                if (incident != null) {
                    incident.add(report);
                    Objects.requireNonNull(rulesOf(incident)).wander(incident, report);
                } else {
                    incident = Incident.open(
                            report,
                            cellOf(report.report().type(), report.received().position()));
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

    /**
     * The open incidents that lie near enough to one of the reports, and are of its time, by any of the rules. Which others an incident takes
     * in once it has taken in that one needs no look: it is one of these then.
     */
    private List<UUID> reachable(List<LocatedReport> reports, OpenIncidents openIncidents, Instant now) {
        Duration widest = Duration.ZERO;
        Duration longest = Duration.ZERO;
        Instant earliest = now;
        Instant latest = Instant.EPOCH;
        for (CorrelationRules rules : all) {
            longest = longer(longest, rules.takesIn());
            for (LocatedReport report : reports) {
                widest = longer(widest, rules.window(report));
            }
        }
        for (LocatedReport report : reports) {
            Instant occurredAt = report.report().occurredAt();
            earliest = occurredAt.isBefore(earliest) ? occurredAt : earliest;
            latest = occurredAt.isAfter(latest) ? occurredAt : latest;
        }
        Map<Long, List<Candidate>> byCell =
                openIncidents
                        .list(cells(reports), now.minus(longest), earliest.minus(widest), latest.plus(widest))
                        .stream()
                        .collect(Collectors.groupingBy(Candidate::cell));
        Set<UUID> reachable = new HashSet<>();
        for (LocatedReport report : reports) {
            for (long cell : cellsAround(report)) {
                for (Candidate candidate : byCell.getOrDefault(cell, List.of())) {
                    if (all.stream()
                            .anyMatch(rules -> rules.goTogether(report, candidate.type())
                                    && rules.isWithinReach(report, candidate.position())
                                    && rules.isTimely(
                                            report, candidate.firstOccurredAt(), candidate.lastOccurredAt()))) {
                        reachable.add(candidate.id());
                    }
                }
            }
        }
        return List.copyOf(reachable);
    }

    private @Nullable Incident nearest(LocatedReport report, Map<Long, List<Incident>> byCell, Instant now) {
        Incident nearest = null;
        double nearestMeters = Double.MAX_VALUE;
        for (long cell : cellsAround(report)) {
            for (Incident incident : byCell.getOrDefault(cell, List.of())) {
                CorrelationRules rules = rulesOf(incident);
                if (rules != null
                        && rules.goTogether(report, incident.type())
                        && rules.isWithinReach(report, incident.position())
                        && rules.isTimely(report, incident.firstOccurredAt(), incident.lastOccurredAt())
                        && !incident.openedAt().isBefore(now.minus(rules.takesIn()))) {
                    double meters = incident.metersTo(report.received().position());
                    boolean older = nearest != null && incident.id().compareTo(nearest.id()) < 0;
                    if (meters <= rules.meters(report)
                            && (meters < nearestMeters || (meters == nearestMeters && older))) {
                        nearest = incident;
                        nearestMeters = meters;
                    }
                }
            }
        }
        return nearest;
    }

    /** The rules that the incident was opened with; null where they were superseded for so long that it takes in nothing any more. */
    private @Nullable CorrelationRules rulesOf(Incident incident) {
        Incident.Stored stored = incident.stored();
        if (stored == null || !pinned) {
            return inForce;
        }
        return all.stream()
                .filter(rules -> rules.areOf(stored.policies()))
                .findFirst()
                .orElse(null);
    }

    private SortedSet<Long> cellsAround(LocatedReport report) {
        SortedSet<Long> cells = new TreeSet<>();
        for (CorrelationRules rules : all) {
            cells.addAll(rules.cellsAround(report));
        }
        return cells;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * What came of it.
     *
     * @param incidents those that were opened or have taken in a report
     * @param failed reports that could not be taken in, and why
     */
    public record Correlation(List<Incident> incidents, Map<LocatedReport, String> failed) {}
}
