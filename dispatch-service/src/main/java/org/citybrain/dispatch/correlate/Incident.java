package org.citybrain.dispatch.correlate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.citybrain.dispatch.locate.LocalMeters;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.messages.HandlingScope;
import org.citybrain.messages.IncidentStatus;
import org.citybrain.messages.Level;
import org.citybrain.messages.Position;
import org.citybrain.messages.Report;
import org.citybrain.messages.SourceKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * An incident while a batch is worked on: what is stored of it, if it is not new, and the reports that this batch adds. What it has
 * added up over its reports does not depend on their order.
 */
public final class Incident {

    /** More citizens than that tell nothing new; gateways, workers and operators are few, and each may corroborate. */
    private static final int MOST_SOURCES = 32;

    /** A front of 64 places is as much as is looked at for each report. */
    private static final int MOST_POSITIONS = 64;

    private static final double SAME_PLACE_METERS = 1;

    private final UUID id;
    private final Instant openedAt;
    private final String type;
    private final Position position;
    private final String gridCode;
    private final long correlationCell;
    private final @Nullable Stored stored;
    private final List<LocatedReport> added = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();

    private final SortedSet<String> units = new TreeSet<>();
    private final SortedSet<String> sources = new TreeSet<>();
    private Instant firstOccurredAt;
    private Instant lastOccurredAt;
    private int reportCount;
    private @Nullable Geometry footprint;
    private @Nullable Geometry uncountedFootprint;
    private @Nullable Long peopleReported;
    private @Nullable Long deaths;
    private @Nullable Long seriousInjuries;
    private @Nullable Long lossYuan;
    private boolean nothingKnown;
    private @Nullable PersonsWord word;

    private Incident(
            UUID id,
            Instant openedAt,
            String type,
            Position position,
            String gridCode,
            long correlationCell,
            Instant occurredAt,
            @Nullable Stored stored) {
        this.id = id;
        this.openedAt = openedAt;
        this.type = type;
        this.position = position;
        this.gridCode = gridCode;
        this.correlationCell = correlationCell;
        this.firstOccurredAt = occurredAt;
        this.lastOccurredAt = occurredAt;
        this.stored = stored;
        this.positions.add(position);
    }

    /** A new incident, opened by this report. */
    public static Incident open(LocatedReport report, long correlationCell) {
        Instant openedAt = Instant.ofEpochMilli(report.received().receivedAt().toEpochMilli());
        Incident incident = new Incident(
                IncidentId.ofIncident(openedAt, report.received().reportId()),
                openedAt,
                report.report().type(),
                report.received().position(),
                report.gridCode(),
                correlationCell,
                report.report().occurredAt(),
                null);
        incident.add(report);
        return incident;
    }

    /** An incident that is open already. */
    static Incident stored(
            UUID id,
            Instant openedAt,
            String type,
            Position position,
            String gridCode,
            long correlationCell,
            Stored stored,
            Sums sums) {
        Incident incident =
                new Incident(id, openedAt, type, position, gridCode, correlationCell, sums.firstOccurredAt(), stored);
        incident.lastOccurredAt = sums.lastOccurredAt();
        incident.reportCount = sums.reportCount();
        incident.positions.addAll(sums.furtherPositions());
        incident.units.addAll(sums.units());
        incident.sources.addAll(sums.sources());
        incident.footprint = sums.footprint();
        incident.uncountedFootprint = sums.uncountedFootprint();
        incident.peopleReported = sums.peopleReported();
        incident.deaths = sums.deaths();
        incident.seriousInjuries = sums.seriousInjuries();
        incident.lossYuan = sums.lossYuan();
        incident.nothingKnown = sums.nothingKnown();
        return incident;
    }

    /**
     * A new incident of reports that a person takes out of another one. It lies in one place, until it is let wander by the rules.
     *
     * @param reports at least one; the first one tells what and where it is
     * @param cell that it is found by
     */
    public static Incident splitOff(UUID id, List<LocatedReport> reports, long cell) {
        LocatedReport first = reports.getFirst();
        Incident incident = new Incident(
                id,
                Instant.ofEpochMilli(first.received().receivedAt().toEpochMilli()),
                first.report().type(),
                first.received().position(),
                first.gridCode(),
                cell,
                first.report().occurredAt(),
                null);
        reports.forEach(incident::add);
        return incident;
    }

    /**
     * The same incident, added up anew from the reports that are left to it. It lies in one place, until it is let wander by the rules
     * that it was opened with.
     *
     * @param vouchers sources that stand for it without a report of their own, as {@code OPERATOR:duty-desk}
     */
    public Incident recounted(List<LocatedReport> reports, Collection<String> vouchers, Place place) {
        Incident incident = new Incident(
                id,
                openedAt,
                type,
                place.position(),
                place.gridCode(),
                place.cell(),
                reports.getFirst().report().occurredAt(),
                stored);
        reports.forEach(incident::add);
        incident.sources.addAll(vouchers);
        return incident;
    }

    /** Takes another incident in, with all that it has added up. Nothing has changed if this throws. */
    public void absorb(Incident other) {
        Geometry joined = join(footprint, other.footprint);
        Geometry uncounted = join(uncountedFootprint, other.uncountedFootprint);

        footprint = joined;
        uncountedFootprint = uncounted;
        peopleReported = larger(peopleReported, other.peopleReported);
        deaths = larger(deaths, other.deaths);
        seriousInjuries = larger(seriousInjuries, other.seriousInjuries);
        lossYuan = larger(lossYuan, other.lossYuan);
        nothingKnown |= other.nothingKnown;
        firstOccurredAt = other.firstOccurredAt.isBefore(firstOccurredAt) ? other.firstOccurredAt : firstOccurredAt;
        lastOccurredAt = other.lastOccurredAt.isAfter(lastOccurredAt) ? other.lastOccurredAt : lastOccurredAt;
        reportCount += other.reportCount;
        if (positions.size() > 1 || other.positions.size() > 1) {
            other.positions.forEach(place -> wanderTo(place, SAME_PLACE_METERS));
        }
        units.addAll(other.units);
        sources.addAll(other.sources);
    }

    /** A person stands for it without a report: that corroborates it as the same person's report would. */
    public void vouchedForBy(SourceKind kind, String account) {
        sources.add(sourceKey(kind, account));
    }

    /** A person has decided this of it; without, the rules alone speak. */
    public void decidedBy(PersonsWord persons) {
        word = persons;
    }

    /** Takes a report in. Nothing has changed if this throws: footprints are joined first. */
    public void add(LocatedReport located) {
        Report report = located.report();
        Geometry reported = located.footprint();
        Geometry joined = join(footprint, reported);
        Geometry uncounted = report.peopleAffected() == null ? join(uncountedFootprint, reported) : uncountedFootprint;

        footprint = joined;
        uncountedFootprint = uncounted;
        Report.Casualties casualties = report.casualties();
        Long reportedDeaths = casualties == null ? null : casualties.deaths();
        Long reportedInjuries = casualties == null ? null : casualties.seriousInjuries();
        peopleReported = larger(peopleReported, report.peopleAffected());
        deaths = larger(deaths, reportedDeaths);
        seriousInjuries = larger(seriousInjuries, reportedInjuries);
        lossYuan = larger(lossYuan, report.directLossYuan());
        nothingKnown |= report.peopleAffected() == null
                && reported == null
                && reportedDeaths == null
                && reportedInjuries == null
                && report.directLossYuan() == null;
        Instant occurredAt = report.occurredAt();
        firstOccurredAt = occurredAt.isBefore(firstOccurredAt) ? occurredAt : firstOccurredAt;
        lastOccurredAt = occurredAt.isAfter(lastOccurredAt) ? occurredAt : lastOccurredAt;
        if (sources.size() < MOST_SOURCES || report.source().kind() != SourceKind.CITIZEN) {
            sources.add(sourceKey(report.source().kind(), report.source().id()));
        }
        reportCount++;
        added.add(located);
    }

    /** How far a place is from the nearest place where the incident was seen. */
    double metersTo(Position place) {
        double nearest = Double.MAX_VALUE;
        for (Position seen : positions) {
            nearest = Math.min(nearest, LocalMeters.distance(place, seen));
        }
        return nearest;
    }

    /**
     * The incident was seen here too, and reports near this place belong to it from now on.
     *
     * @param apartMeters what lies nearer to a place that is known already tells nothing new
     */
    void wanderTo(Position place, double apartMeters) {
        if (positions.size() < MOST_POSITIONS && metersTo(place) >= apartMeters) {
            positions.add(place);
        }
    }

    /** Takes in a grid that one of its reports lies in or that its footprint touches, by the version of the map that it is decided on. */
    public void touch(String grid) {
        units.add(grid);
    }

    /** Lets go of the reports that were added: they are counted in. */
    public void forgetAdded() {
        added.clear();
    }

    public @Nullable PersonsWord word() {
        return word;
    }

    /** Where it is, and the cell that it is found by. */
    public Place place() {
        return new Place(position, gridCode, correlationCell);
    }

    public UUID id() {
        return id;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public String type() {
        return type;
    }

    public Position position() {
        return position;
    }

    /** Where it was seen, the place where it was opened first; only that one where its type does not wander. */
    public List<Position> positions() {
        return List.copyOf(positions);
    }

    public String gridCode() {
        return gridCode;
    }

    public long correlationCell() {
        return correlationCell;
    }

    /** What was decided before; absent for a new incident. */
    public @Nullable Stored stored() {
        return stored;
    }

    /** The reports that this batch adds, in order; the first one opened a new incident. */
    public List<LocatedReport> added() {
        return List.copyOf(added);
    }

    /** Codes of the grids that it touches, lowest first. */
    public List<String> units() {
        return List.copyOf(units);
    }

    /** Who reported it, as {@code SENSOR:gw-17}. */
    public List<String> sources() {
        return List.copyOf(sources);
    }

    public Instant firstOccurredAt() {
        return firstOccurredAt;
    }

    public Instant lastOccurredAt() {
        return lastOccurredAt;
    }

    public int reportCount() {
        return reportCount;
    }

    public @Nullable Geometry footprint() {
        return footprint;
    }

    /** The joined footprint of those reports that gave no number of people. */
    public @Nullable Geometry uncountedFootprint() {
        return uncountedFootprint;
    }

    public @Nullable Long peopleReported() {
        return peopleReported;
    }

    public @Nullable Long deaths() {
        return deaths;
    }

    public @Nullable Long seriousInjuries() {
        return seriousInjuries;
    }

    public @Nullable Long lossYuan() {
        return lossYuan;
    }

    public boolean nothingKnown() {
        return nothingKnown;
    }

    private static String sourceKey(SourceKind kind, String id) {
        return kind + ":" + id;
    }

    private static @Nullable Geometry join(@Nullable Geometry one, @Nullable Geometry other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.covers(other) ? one : OverlayNGRobust.overlay(one, other, OverlayNG.UNION);
    }

    private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }

    /**
     * What was decided of a stored incident.
     *
     * @param mapVersion the version of the governance map that its units are of
     * @param policies the versions of the policies that it was opened with, and is decided by
     * @param gradeJson the grade record as stored
     * @param visibleTo codes of all units that see it
     * @param tasks all of its tasks
     * @param personsGrade absent where the grade that holds is the rule's
     */
    public record Stored(
            int version,
            IncidentStatus status,
            @Nullable Level level,
            @Nullable HandlingScope scope,
            boolean corroborated,
            boolean needsPerson,
            String commandingUnit,
            long mapVersion,
            PolicyVersions policies,
            String gradeJson,
            List<String> visibleTo,
            List<TaskState> tasks,
            @Nullable PersonsGrade personsGrade) {

        public Stored {
            visibleTo = List.copyOf(visibleTo);
            tasks = List.copyOf(tasks);
        }

        /** It was over: reports that come go into it until it is closed, and then it was not. */
        public boolean isOver() {
            return status == IncidentStatus.RESOLVED || status == IncidentStatus.VERIFIED;
        }

        /** Whether a person's grade goes on holding, whatever the rule gives now: it gives no more than when the person decided. */
        public boolean isHeldByPerson(@Nullable Level computedLevel, @Nullable HandlingScope computedScope) {
            return personsGrade != null && !personsGrade.isOvertakenBy(computedLevel, computedScope);
        }
    }

    /** A place, the grid that it lies in, and the cell in which reports look for incidents there. */
    public record Place(Position position, String gridCode, long cell) {}

    /**
     * What a stored incident has added up over its reports.
     *
     * @param furtherPositions where it was seen beside the place where it was opened
     */
    record Sums(
            Instant firstOccurredAt,
            Instant lastOccurredAt,
            int reportCount,
            List<Position> furtherPositions,
            List<String> units,
            List<String> sources,
            @Nullable Geometry footprint,
            @Nullable Geometry uncountedFootprint,
            @Nullable Long peopleReported,
            @Nullable Long deaths,
            @Nullable Long seriousInjuries,
            @Nullable Long lossYuan,
            boolean nothingKnown) {}
}
