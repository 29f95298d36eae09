package org.citybrain.grid.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.citybrain.access.audit.AuditLine;
import org.citybrain.access.audit.AuditTrail;
import org.citybrain.grid.problem.ProblemReason;
import org.citybrain.grid.problem.RequestProblem;
import org.citybrain.grid.version.DraftUnit;
import org.citybrain.grid.version.MapPublished;
import org.citybrain.grid.version.PostgisMapDraft;
import org.citybrain.messages.Position;
import org.citybrain.messages.Tier;
import org.citybrain.messages.UnitCode;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.MultiPolygon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Writes a planned map as a draft, in short transactions, and makes it the newest version in one, together with its audit line. */
@Component
class WriteVersion {

    private static final Logger LOG = LoggerFactory.getLogger(WriteVersion.class);

    private static final int ENDS_AT_ONCE = 20_000;

    private static final int WRITERS = 2;

    /** From here on publishing would be planned for quite another table, and take minutes, without fresh statistics. */
    private static final int MANY = 2_000;

    private final PostgisUnitsBefore store;
    private final PostgisMapDraft draft;
    private final TransactionOperations transaction;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final ImportSettings settings;

    WriteVersion(
            PostgisUnitsBefore store,
            PostgisMapDraft draft,
            TransactionOperations transaction,
            AuditTrail audit,
            ApplicationEventPublisher events,
            ImportSettings settings) {
        this.store = store;
        this.draft = draft;
        this.transaction = transaction;
        this.audit = audit;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Makes room for a draft: forgets that of an import that died. Who calls holds the lock on the map, so nobody is writing it.
     *
     * @throws RequestProblem {@code MAP_BEING_CHANGED} if the demo city was broken off, which goes on with the next start
     */
    void forgetLeftOver() {
        draft.find().ifPresent(leftOver -> {
            if (!leftOver.provenance().equals(PlannedUnit.IMPORTED)) {
                throw new RequestProblem(
                        ProblemReason.MAP_BEING_CHANGED,
                        "the map",
                        "half loaded: " + leftOver.note(),
                        "that load to go on and end, at the next start of grid-service");
            }
            LOG.warn("Forgetting the draft {} of an import that was broken off", leftOver.mapVersion());
            draft.discard(leftOver.mapVersion());
        });
    }

    /** @return the version's id */
    long write(PlannedMap map, ImportRequest request, String sha256, Instant now) {
        List<PlannedUnit> units = map.listOtherThanBefore();
        String note = Objects.requireNonNullElseGet(request.note(), () -> "import of " + units.size() + " units");
        long version = draft.begin(request.effectiveFrom(), now, PlannedUnit.IMPORTED, note);
        try {
            writeUnits(version, units);
            List<String> ends = map.listCodesGivenUp();
            for (int i = 0; i < ends.size(); i += ENDS_AT_ONCE) {
                draft.end(version, ends.subList(i, Math.min(ends.size(), i + ENDS_AT_ONCE)));
            }
            if (units.size() + ends.size() >= MANY) {
                draft.analyze();
            }
            LOG.info("Import: map version {} is being published", version);
            transaction.executeWithoutResult(status -> {
                draft.publish(version);
                audit.write(AuditLine.done("map.import", version, detail(map.count(), request, sha256)));
            });
        } catch (RuntimeException failure) {
            discard(version);
            throw failure;
        }
        events.publishEvent(new MapPublished(version));
        return version;
    }

    private void discard(long version) {
        try {
            draft.discard(version);
        } catch (RuntimeException alsoFailed) {
            LOG.warn("The draft {} could not be discarded: the next import does", version, alsoFailed);
        }
    }

    /** Tier by tier, because a part's parents must be there; within a tier two parts at a time. */
    private void writeUnits(long version, List<PlannedUnit> units) {
        AtomicInteger written = new AtomicInteger();
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (Tier tier : Tier.values()) {
                List<PlannedUnit> ofTier =
                        units.stream().filter(unit -> unit.tier() == tier).toList();
                List<Callable<Integer>> parts = new ArrayList<>();
                for (int i = 0; i < ofTier.size(); i += settings.unitsPerPart()) {
                    List<PlannedUnit> part = ofTier.subList(i, Math.min(ofTier.size(), i + settings.unitsPerPart()));
                    parts.add(() -> {
                        writePart(version, part);
                        LOG.info("Import: {} of {} units are written", written.addAndGet(part.size()), units.size());
                        return part.size();
                    });
                }
                for (Future<Integer> part : writers.invokeAll(parts)) {
                    part.get();
                }
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a part of the import could not be written", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the import was interrupted", stopping);
        }
    }

    private void writePart(long version, List<PlannedUnit> units) {
        List<String> kept = new ArrayList<>();
        for (PlannedUnit unit : units) {
            if (unit.boundary() == null && unit.origin() != null) {
                kept.add(unit.origin().code());
            }
        }
        Map<String, ShapeBefore> shapes = store.findShapes(kept);
        draft.write(
                version,
                "from " + units.getFirst().code(),
                units.stream().map(unit -> draftUnit(unit, shapes)).toList());
    }

    private static DraftUnit draftUnit(PlannedUnit unit, Map<String, ShapeBefore> shapes) {
        MultiPolygon drawn = unit.boundary();
        UnitBefore origin = unit.origin();
        ShapeBefore shape = drawn != null
                ? new ShapeBefore(drawn, inside(drawn))
                : Objects.requireNonNull(
                        shapes.get(Objects.requireNonNull(origin).code()));
        return new DraftUnit(
                new UnitCode(unit.code()),
                Objects.requireNonNull(unit.name()),
                unit.population(),
                shape.boundary(),
                shape.representativePoint(),
                origin != null && unit.isMoved() ? new UnitCode(origin.code()) : null,
                unit.provenance());
    }

    /** With seven decimals, unless the unit is too narrow for that. */
    private static Position inside(MultiPolygon boundary) {
        Coordinate inside = DrawUnits.inside(boundary);
        Coordinate snapped = new Coordinate(Boundaries.snapped(inside.x), Boundaries.snapped(inside.y));
        boolean stays = SimplePointInAreaLocator.locate(snapped, boundary) == Location.INTERIOR;
        return stays ? new Position(snapped.x, snapped.y) : new Position(inside.x, inside.y);
    }

    private static Map<String, Object> detail(ImportReport.Units units, ImportRequest request, String sha256) {
        Map<String, Object> detail = new HashMap<>();
        detail.put("effectiveFrom", request.effectiveFrom().toString());
        detail.put("datum", request.datum().name());
        detail.put("sha256", sha256);
        detail.put("created", units.created());
        detail.put("changed", units.changed());
        detail.put("moved", units.moved());
        detail.put("ended", units.ended());
        if (!request.replaces().isEmpty()) {
            detail.put("replaces", request.replaces());
        }
        return detail;
    }
}
