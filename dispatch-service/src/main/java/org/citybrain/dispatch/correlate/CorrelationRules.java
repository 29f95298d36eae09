package org.citybrain.dispatch.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.CorrelatedBy;
import org.citybrain.dispatch.policy.CorrelationPolicy;
import org.citybrain.dispatch.policy.CorrelationPolicy.Nearness;
import org.citybrain.dispatch.policy.ItemCatalogue;
import org.citybrain.dispatch.policy.ItemCatalogue.Item;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.Position;
import org.jspecify.annotations.Nullable;

/**
 * Which reports belong together by one version of the correlation policy and one of the item catalogue. An incident keeps those
 * that it was opened with; the cell that it lies in is one of theirs.
 */
final class CorrelationRules {

    /** Of the distance: how far places must lie from each other to be kept apart. */
    private static final double APART = 4;

    private final CorrelatedBy by;
    private final CorrelationPolicy policy;
    private final ItemCatalogue catalogue;
    private final Map<String, Group> groups = new HashMap<>();

    CorrelationRules(CorrelatedBy by) {
        this.by = by;
        this.policy = by.correlation().document();
        this.catalogue = by.catalogue().document();
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

    boolean areOf(PolicyVersions versions) {
        return by.isOf(versions);
    }

    /** The cell that an incident of this type lies in. */
    long cellOf(String type, Position position) {
        Group group = groups.get(policy.groupOf(type));
        if (group == null) {
            throw new IllegalStateException("no correlation rule for type '" + type + "'");
        }
        return group.cells().cellOf(position);
    }

    /** Every cell in which an incident may lie that takes the report in; none where the rules do not know its type. */
    List<Long> cellsAround(LocatedReport report) {
        Group group = group(report);
        return group == null
                ? List.of()
                : group.cells().cellsAround(report.received().position(), reachMeters(report, group));
    }

    boolean goTogether(LocatedReport report, String type) {
        return policy.groupOf(report.report().type()).equals(policy.groupOf(type));
    }

    /** Whether an incident that was opened here may be near the report: the exact look is at all places where it was seen. */
    boolean isWithinReach(LocatedReport report, Position openedAt) {
        Group group = group(report);
        return group != null
                && LocalMeters.distance(report.received().position(), openedAt) <= reachMeters(report, group);
    }

    /** How far a report may lie from a place where an incident was seen. */
    double meters(LocatedReport report) {
        Nearness nearness = nearness(report);
        return nearness == null ? -1 : nearness.meters();
    }

    /** Notes the place of a report that an incident has taken in, where its type wanders. */
    void wander(Incident incident, LocatedReport report) {
        Group group = group(report);
        if (group != null && group.wanders()) {
            incident.wanderTo(report.received().position(), meters(report) / APART);
        }
    }

    /** How long before the first and after the last report of an incident this one may have been. */
    Duration window(LocatedReport report) {
        Nearness nearness = nearness(report);
        return nearness == null ? Duration.ZERO : nearness.window();
    }

    /** Whether the report was in time for an incident whose reports were of then. */
    boolean isTimely(LocatedReport report, Instant firstOccurredAt, Instant lastOccurredAt) {
        Duration window = window(report);
        Instant occurredAt = report.report().occurredAt();
        return !occurredAt.isBefore(firstOccurredAt.minus(window)) && !occurredAt.isAfter(lastOccurredAt.plus(window));
    }

    /** For how long after it was opened an incident takes in reports. */
    Duration takesIn() {
        return Duration.ofDays(policy.mergeableForDays());
    }

    private @Nullable Nearness nearness(LocatedReport report) {
        return catalogue.find(report.report().type()).map(policy::nearness).orElse(null);
    }

    /** Null where the rules do not know the type. */
    private @Nullable Group group(LocatedReport report) {
        return catalogue.find(report.report().type()).isEmpty()
                ? null
                : groups.get(policy.groupOf(report.report().type()));
    }

    /** An incident that wanders may have been opened by another type of the group, so the farthest reach of the group counts. */
    private double reachMeters(LocatedReport report, Group group) {
        return group.wanders() ? group.reachMeters() : meters(report);
    }

    /** Types that go together; the reach is the farthest of any of them. */
    private record Group(CorrelationCells cells, boolean wanders, double reachMeters) {}
}
