package org.citybrain.dispatch.locate;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citybrain.dispatch.consume.RenewMap;
import org.citybrain.dispatch.locate.PostgisGovernanceMap.StoredMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The governance map in memory: the version in force and, shortly before its moment, the next one. Which of the two holds is decided
 * by the clock for each asker, so the change happens at the moment itself and nobody waits for it; whoever works on a batch keeps the
 * one that they began with. While a version is read, and while it cannot be read, the one before stays.
 */
@Component
public class CurrentMap implements RenewMap {

    private static final Logger log = LoggerFactory.getLogger(CurrentMap.class);

    private final PostgisGovernanceMap source;
    private final MapMeters meters;
    private final MapSettings settings;
    private final CurrentSurroundings surroundings;
    private final Clock clock;
    private final FormerMaps former;

    private volatile Held held = new Held(
            new GovernanceMap(
                    new MapVersion(0, Instant.MIN),
                    new Grids.Builder().build(),
                    new KeyPlaces(List.of(), Instant.MAX),
                    new UnitNames.Builder().build(),
                    new Roster(List.of())),
            null);

    private long rosters;
    private long keyPlaces;
    private boolean failing;

    CurrentMap(
            PostgisGovernanceMap source,
            MapMeters meters,
            MapSettings settings,
            CurrentSurroundings surroundings,
            Clock clock) {
        this.source = source;
        this.meters = meters;
        this.settings = settings;
        this.surroundings = surroundings;
        this.clock = clock;
        this.former = new FormerMaps(source);
    }

    /** The map in force now. */
    public GovernanceMap get() {
        return at(clock.instant());
    }

    /** The map in force at a moment that is now or a little ago. */
    public GovernanceMap at(Instant moment) {
        return held.at(moment);
    }

    /** What lies on the map beside its units, as of today. */
    public Surroundings surroundings() {
        return surroundings.get();
    }

    /** A version by its id: one that holds, or one that open incidents were decided on. */
    public Optional<GovernanceMap> find(long version) {
        Held known = held;
        if (known.inForce().version() == version) {
            return Optional.of(known.inForce());
        }
        GovernanceMap next = known.next();
        return next != null && next.version() == version ? Optional.of(next) : former.find(version);
    }

    /**
     * Reads what has changed since: the version in force where it is another, the next one where its moment is near, rosters and key
     * places where they alone have changed. Trouble is logged when it begins and when it ends, and the next call tries again.
     */
    @Override
    public synchronized boolean renew() {
        Instant now = clock.instant();
        try {
            renew(now);
            meters.upToDate(now);
            if (failing) {
                log.info("the governance map can be read again");
            }
            failing = false;
        } catch (RuntimeException failure) {
            meters.failed();
            if (!failing) {
                log.warn("the governance map cannot be read: version {} stays in use", at(now).version(), failure);
            }
            failing = true;
        }
        surroundings.renew(now);
        meters.held(at(now).version(), held.nextVersion(), held.bytes() + former.bytes());
        return !at(now).isEmpty();
    }

    private void renew(Instant now) {
        // Looked at first: a change in between is seen as one at the next look.
        StoredMap stored = source.look(now);
        if (held.at(now) == held.next()) {
            replace(held.at(now), null, now);
        }
        if (stored.inForce() != 0 && stored.inForce() != held.inForce().version()) {
            replace(load(now), held.next(), now);
        }
        renewNext(stored.next(), now);
        if (stored.rosters() != rosters) {
            Roster roster = source.loadRoster();
            GovernanceMap next = held.next();
            hold(new Held(held.inForce().with(roster), next == null ? null : next.with(roster)));
            rosters = stored.rosters();
        }
        if (stored.keyPlaces() != keyPlaces || !held.inForce().keyPlaces().holdAt(now)) {
            GovernanceMap next = held.next();
            hold(new Held(
                    held.inForce().with(source.loadKeyPlaces(now)),
                    next == null ? null : next.with(source.loadKeyPlaces(next.effectiveFrom()))));
            keyPlaces = stored.keyPlaces();
        }
        former.renew(held.inForce(), now);
    }

    /** The one before is kept first, so that at every moment both can be found. */
    private void replace(GovernanceMap inForce, @Nullable GovernanceMap next, Instant now) {
        former.add(held.inForce(), now);
        hold(new Held(inForce, next));
        log.info("governance map version {} is in use", inForce.version());
    }

    /** Holds the next version from shortly before its moment on, and no other. */
    private void renewNext(@Nullable MapVersion version, Instant now) {
        GovernanceMap next = held.next();
        if (version == null || version.effectiveFrom().isAfter(now.plus(settings.lead()))) {
            hold(new Held(held.inForce(), null));
        } else if (next == null
                || next.version() != version.id()
                || !next.effectiveFrom().equals(version.effectiveFrom())) {
            hold(new Held(held.inForce(), load(version.effectiveFrom())));
        }
    }

    private GovernanceMap load(Instant moment) {
        GovernanceMap loaded = meters.load(() -> source.load(moment));
        log.info("governance map version {}, in force from {}, is loaded", loaded.version(), loaded.effectiveFrom());
        return loaded;
    }

    private void hold(Held renewed) {
        held = renewed;
    }

    /** @param next absent while none is near */
    private record Held(GovernanceMap inForce, @Nullable GovernanceMap next) {

        GovernanceMap at(Instant moment) {
            return next != null && !moment.isBefore(next.effectiveFrom()) ? next : inForce;
        }

        long nextVersion() {
            return next == null ? 0 : next.version();
        }

        long bytes() {
            return inForce.bytes() + (next == null ? 0 : next.bytes());
        }
    }
}
