package org.citybrain.dispatch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.citybrain.dispatch.consume.ConsumedReport;
import org.citybrain.dispatch.consume.ProcessReports;
import org.citybrain.dispatch.consume.StaleOffsets;
import org.citybrain.dispatch.correlate.CorrelateReports;
import org.citybrain.dispatch.correlate.Incident;
import org.citybrain.dispatch.correlate.OpenIncidents;
import org.citybrain.dispatch.locate.CurrentMap;
import org.citybrain.dispatch.locate.GovernanceMap;
import org.citybrain.dispatch.locate.LocateReports;
import org.citybrain.dispatch.locate.LocatedReport;
import org.citybrain.dispatch.picture.AddNearIncidents;
import org.citybrain.dispatch.policy.Policies;
import org.citybrain.dispatch.policy.PolicyVersions;
import org.citybrain.dispatch.policy.PostgresPolicies;
import org.citybrain.dispatch.store.BatchResult;
import org.citybrain.dispatch.store.Decision;
import org.citybrain.dispatch.store.OffsetRange;
import org.citybrain.dispatch.store.Outcome;
import org.citybrain.dispatch.store.PostgresBatchStore;
import org.citybrain.dispatch.store.PostgresKnownReports;
import org.citybrain.dispatch.store.PostgresPartitions;
import org.citybrain.dispatch.store.PostgresRefusal;
import org.citybrain.dispatch.store.PostgresTransactions;
import org.citybrain.dispatch.store.Settlement;
import org.citybrain.messages.RejectionReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * A batch of reports on its way: locate → correlate → grade → route → store. All of it is one transaction, together with the offsets,
 * of the same number of statements for every batch. One bad report is parked and does not hold up its neighbours; trouble that may pass
 * goes to the caller, who tries the batch again.
 */
@Component
public class DispatchPipeline implements ProcessReports {

    private static final Logger log = LoggerFactory.getLogger(DispatchPipeline.class);

    private final CurrentMap currentMap;
    private final PostgresPolicies currentPolicies;
    private final OpenIncidents openIncidents;
    private final PostgresKnownReports knownReports;
    private final AddNearIncidents addNearIncidents;
    private final PostgresBatchStore batchStore;
    private final PostgresTransactions transactions;
    private final PostgresPartitions partitions;
    private final DispatchMeters meters;
    private final Clock clock;

    DispatchPipeline(
            CurrentMap currentMap,
            PostgresPolicies currentPolicies,
            OpenIncidents openIncidents,
            PostgresKnownReports knownReports,
            AddNearIncidents addNearIncidents,
            PostgresBatchStore batchStore,
            PostgresTransactions transactions,
            PostgresPartitions partitions,
            DispatchMeters meters,
            Clock clock) {
        this.currentMap = currentMap;
        this.currentPolicies = currentPolicies;
        this.openIncidents = openIncidents;
        this.knownReports = knownReports;
        this.addNearIncidents = addNearIncidents;
        this.batchStore = batchStore;
        this.transactions = transactions;
        this.partitions = partitions;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public void process(List<ConsumedReport> reports) {
        try {
            dispatch(reports);
        } catch (RuntimeException e) {
            if (mayPass(e)) {
                throw e;
            }
            log.info("a batch of {} was not taken, trying again: {}", reports.size(), e.getMessage());
            processAgain(reports);
        }
    }

    /**
     * Where another instance has counted one of the reports at the same moment, the second attempt sees it. Where the database will not
     * take one of them, that one is found by halves: each is a transaction of its own, with its own offsets.
     */
    private void processAgain(List<ConsumedReport> reports) {
        try {
            dispatch(reports);
        } catch (RuntimeException e) {
            if (mayPass(e)) {
                throw e;
            }
            if (reports.size() == 1) {
                log.error(
                        "record {} of partition {} cannot be processed",
                        reports.getFirst().offset(),
                        reports.getFirst().partition(),
                        e);
                dispatch(
                        List.of(),
                        List.of(Settlement.parked(
                                reports.getFirst(), RejectionReason.NOT_STORABLE, PostgresRefusal.why(e))),
                        OffsetRange.of(reports));
            } else {
                int middle = reports.size() / 2;
                processAgain(reports.subList(0, middle));
                processAgain(reports.subList(middle, reports.size()));
            }
        }
    }

    /** Whether it is the surroundings that fail, not the reports: the database is away, a lock was not to be had, another was faster. */
    private static boolean mayPass(RuntimeException e) {
        return e instanceof StaleOffsets
                || e instanceof MapIsBehind
                || e instanceof TransactionException
                || (e instanceof DataAccessException && !PostgresRefusal.isCause(e));
    }

    /**
     * Tries a parked report again, in a transaction of its own.
     *
     * @param keyIsStored its id was counted when it was parked, so it is no duplicate of itself
     * @param settle what else belongs to the same transaction if it is no longer parked
     * @return what has become of it; {@code PARKED} where nothing has changed
     */
    public Settlement retry(ConsumedReport report, boolean keyIsStored, Runnable settle) {
        GovernanceMap map = currentMap.get();
        try {
            return retry(report, keyIsStored, settle, map);
        } catch (HasChanged e) {
            return retry(report, keyIsStored, settle);
        }
    }

    private Settlement retry(ConsumedReport report, boolean keyIsStored, Runnable settle, GovernanceMap map) {
        Policies policies = currentPolicies.current();
        Instant now = clock.instant();
        ensurePartitions(report);
        List<Settlement> parked = new ArrayList<>();
        List<LocatedReport> located = new ArrayList<>();
        locate(List.of(report), map, policies, located, parked);
        if (!parked.isEmpty()) {
            return parked.getFirst();
        }
        Settled settled = new Settled();
        transactions.inCommand(() -> {
            CorrelateReports correlateReports =
                    new CorrelateReports(policies.correlatedBy(), currentPolicies.correlating());
            openIncidents.lockCells(correlateReports.cells(located));
            // A report that was parked longer ago than ids are remembered is counted anew.
            boolean isCounted = keyIsStored
                    && !knownReports.find(List.of(report.get().reportId())).isEmpty();
            List<LocatedReport> first = isCounted ? located : withoutDuplicates(located, parked, settled);
            List<Incident> incidents = correlate(correlateReports, first, now, settled);
            Instant decidedAt = clock.instant();
            requireInForce(map, policies, decidedAt, incidents);
            List<Decision> decisions = decide(incidents, map, policies, decidedAt, settled);
            if (settled.all.getFirst().outcome() != Outcome.PARKED) {
                settle.run();
                batchStore.storeRetried(new BatchResult(settled.all, decisions, policies, decidedAt), isCounted);
            }
        });
        settled.log();
        return settled.all.getFirst();
    }

    /** Only what was read has a believable time of receipt; what is parked for not being readable lies in a table without partitions. */
    private void ensurePartitions(ConsumedReport report) {
        if (report.report() != null) {
            partitions.ensure(report.get().receivedAt());
        }
    }

    private void dispatch(List<ConsumedReport> reports) {
        dispatch(reports, List.of(), OffsetRange.of(reports));
    }

    private void dispatch(List<ConsumedReport> reports, List<Settlement> parkedBefore, List<OffsetRange> offsets) {
        GovernanceMap map = currentMap.get();
        try {
            dispatch(reports, parkedBefore, offsets, map);
        } catch (HasChanged e) {
            log.info("a batch of {} that was begun with {} is begun anew", reports.size(), e.getMessage());
            dispatch(reports, parkedBefore, offsets);
        }
    }

    /** @throws HasChanged if another map or policy was in force when all locks were held; then nothing was stored */
    private void dispatch(
            List<ConsumedReport> reports, List<Settlement> parkedBefore, List<OffsetRange> offsets, GovernanceMap map) {
        Policies policies = currentPolicies.current();
        Instant now = clock.instant();
        reports.forEach(this::ensurePartitions);

        List<Settlement> parked = new ArrayList<>(parkedBefore);
        List<LocatedReport> located = new ArrayList<>(reports.size());
        meters.step("locate", () -> locate(reports, map, policies, located, parked));
        Settled settled = new Settled();
        transactions.inBatch(() -> {
            List<Incident> incidents = new ArrayList<>();
            List<Decision> decisions = new ArrayList<>();
            CorrelateReports correlateReports =
                    new CorrelateReports(policies.correlatedBy(), currentPolicies.correlating());
            meters.lockWait(() -> openIncidents.lockCells(correlateReports.cells(located)));
            List<LocatedReport> first = withoutDuplicates(located, parked, settled);
            meters.step("correlate", () -> incidents.addAll(correlate(correlateReports, first, now, settled)));
            // All locks are held: what is decided from here on comes after all that was decided before.
            Instant decidedAt = clock.instant();
            requireInForce(map, policies, decidedAt, incidents);
            meters.step(
                    "grade and route", () -> decisions.addAll(decide(incidents, map, policies, decidedAt, settled)));
            meters.step(
                    "store",
                    () -> batchStore.store(offsets, new BatchResult(settled.all, decisions, policies, decidedAt)));
        });
        meters.settled(settled.all, clock.instant());
        settled.log();
    }

    /**
     * A decision names the map and the policies of its own moment, so what was begun with others is begun again. Where another instance
     * has decided on a version of the map already that is still being read here, the batch is tried again a little later.
     */
    private void requireInForce(GovernanceMap map, Policies policies, Instant decidedAt, List<Incident> incidents) {
        long inForce = currentMap.at(decidedAt).version();
        if (inForce != map.version()) {
            throw new HasChanged("map version " + map.version(), inForce);
        }
        PolicyVersions policiesInForce = currentPolicies.at(decidedAt).versions();
        if (!policiesInForce.equals(policies.versions())) {
            throw new HasChanged(policies.versions(), policiesInForce);
        }
        currentPolicies.fetch(incidents.stream()
                .map(Incident::stored)
                .filter(Objects::nonNull)
                .map(Incident.Stored::policies)
                .collect(Collectors.toSet()));
        for (Incident incident : incidents) {
            Incident.Stored stored = incident.stored();
            if (stored != null
                    && stored.mapVersion() > inForce
                    && currentMap.find(stored.mapVersion()).isEmpty()) {
                throw new MapIsBehind(inForce, stored.mapVersion());
            }
        }
    }

    private static void locate(
            List<ConsumedReport> reports,
            GovernanceMap map,
            Policies policies,
            List<LocatedReport> located,
            List<Settlement> parked) {
        for (ConsumedReport report : reports) {
            if (report.undecodable() != null) {
                parked.add(Settlement.parked(report, RejectionReason.UNDECODABLE, report.undecodable()));
                continue;
            }
            String type = report.get().report().type();
            if (policies.catalogue().document().find(type).isEmpty()) {
                parked.add(Settlement.parked(
                        report, RejectionReason.UNKNOWN_TYPE, "the item catalogue has no type '" + type + "'"));
                continue;
            }
            try {
                Optional<LocatedReport> found = LocateReports.locate(report, map);
                found.ifPresentOrElse(
                        located::add,
                        () -> parked.add(Settlement.parked(
                                report,
                                RejectionReason.NO_GRID,
                                "no grid of map version " + map.version() + " holds "
                                        + report.get().position())));
            } catch (RuntimeException e) {
                parked.add(Settlement.parked(report, RejectionReason.RULE_FAILED, "cannot be located: " + e));
            }
        }
    }

    private List<Incident> correlate(
            CorrelateReports correlateReports, List<LocatedReport> reports, Instant now, Settled settled) {
        CorrelateReports.Correlation correlation = correlateReports.correlate(reports, openIncidents, now);
        correlation
                .failed()
                .forEach((report, why) ->
                        settled.add(Settlement.parked(report.consumed(), RejectionReason.RULE_FAILED, why)));
        return correlation.incidents();
    }

    /** Those that have not been counted before, in the database or earlier in this batch; the same goes for what is parked. */
    private List<LocatedReport> withoutDuplicates(
            List<LocatedReport> located, List<Settlement> parked, Settled settled) {
        List<ConsumedReport> all = new ArrayList<>();
        located.forEach(report -> all.add(report.consumed()));
        parked.forEach(settlement -> all.add(settlement.consumed()));
        Map<UUID, Long> seen = new HashMap<>(knownReports.find(all.stream()
                .map(ConsumedReport::reportId)
                .filter(Objects::nonNull)
                .toList()));
        List<LocatedReport> first = new ArrayList<>(located.size());
        for (LocatedReport report : located) {
            if (isFirst(report.consumed(), seen, settled)) {
                first.add(report);
            }
        }
        for (Settlement settlement : parked) {
            if (settlement.consumed().report() == null || isFirst(settlement.consumed(), seen, settled)) {
                settled.add(settlement);
            }
        }
        return first;
    }

    private static boolean isFirst(ConsumedReport report, Map<UUID, Long> seen, Settled settled) {
        long digest = Long.parseUnsignedLong(report.get().contentDigest(), 16);
        Long seenDigest = seen.putIfAbsent(report.get().reportId(), digest);
        if (seenDigest != null) {
            settled.add(Settlement.duplicate(report, seenDigest != digest));
        }
        return seenDigest == null;
    }

    private List<Decision> decide(
            List<Incident> incidents, GovernanceMap map, Policies policies, Instant now, Settled settled) {
        DecideIncident decideIncident = new DecideIncident(
                map,
                version -> currentMap.find(version).orElse(map),
                policies,
                currentPolicies::of,
                currentMap.surroundings(),
                now);
        List<Decision> decisions = new ArrayList<>(incidents.size());
        for (Incident incident : incidents) {
            try {
                decisions.add(decideIncident.decide(incident));
                settled.addReportsOf(incident);
            } catch (RuntimeException e) {
                log.error("incident {} of type {} cannot be decided", incident.id(), incident.type(), e);
                incident.added()
                        .forEach(report -> settled.add(Settlement.parked(
                                report.consumed(), RejectionReason.RULE_FAILED, "cannot be decided: " + e)));
            }
        }
        return addNearIncidents.add(decisions, now);
    }

    /** While a batch waited for its locks, the next version of the governance map or of a policy has come into force. */
    private static final class HasChanged extends RuntimeException {

        private static final long serialVersionUID = 1;

        HasChanged(Object begunWith, Object inForce) {
            super(begunWith + ", while " + inForce + " is in force,", null, false, false);
        }
    }

    /** An open incident was decided on a version of the governance map that is not read yet. */
    private static final class MapIsBehind extends RuntimeException {

        private static final long serialVersionUID = 1;

        MapIsBehind(long here, long there) {
            super("map version " + here + " is in use here, and an incident was decided on " + there + " already");
        }
    }

    /** What has become of the batch's records so far. */
    private static final class Settled {

        private final List<Settlement> all = new ArrayList<>();

        void add(Settlement settlement) {
            all.add(settlement);
        }

        void addReportsOf(Incident incident) {
            boolean opens = incident.stored() == null;
            for (LocatedReport report : incident.added()) {
                add(opens ? Settlement.opened(report, incident.id()) : Settlement.merged(report, incident.id()));
                opens = false;
            }
        }

        /** One line for each report, under its own trace; what needs a person's eye as a warning. */
        void log() {
            for (Settlement settlement : all) {
                try (var trace =
                        MDC.putCloseable("traceId", settlement.consumed().traceId())) {
                    if (settlement.reason() != null) {
                        log.warn(
                                "report {} of source {}: {} as {}: {}",
                                settlement.consumed().reportId(),
                                settlement.consumed().sourceId(),
                                settlement.outcome(),
                                settlement.reason(),
                                settlement.detail());
                    } else {
                        log.debug(
                                "report {}: {} {}",
                                settlement.consumed().reportId(),
                                settlement.outcome(),
                                settlement.incidentId());
                    }
                }
            }
        }
    }
}
