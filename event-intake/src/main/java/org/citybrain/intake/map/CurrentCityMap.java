package org.citybrain.intake.map;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.intake.admit.CityMap;
import org.citybrain.intake.admit.CityMaps;
import org.citybrain.intake.admit.UnitPlaces;
import org.citybrain.intake.map.PostgisCityMaps.Versions;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The governance map in memory: the version in force and, shortly before its moment, the next one. The clock decides between them. */
@Component
public class CurrentCityMap implements CityMaps, UnitPlaces {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentCityMap.class);
    /** Longer than any refresh takes to come round. */
    private static final Duration LEAD = Duration.ofMinutes(1);

    private final PostgisCityMaps stored;
    private final Clock clock;
    private volatile Held held = new Held(null, null, Instant.MAX);
    private Set<UnitCode> loadedUnits = Set.of();

    CurrentCityMap(PostgisCityMaps stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public @Nullable CityMap current() {
        return held.at(clock.instant());
    }

    @Override
    public Optional<Position> findPlace(UnitCode unit, Instant at) {
        return stored.findPlace(unit, at);
    }

    /** Which of these units are not there now. Asks the database. */
    public List<UnitCode> listUnknown(List<UnitCode> units) {
        return stored.listUnknown(units, clock.instant());
    }

    /** Loads the map where its version, the next one's moment, or the units asked for are not those that are loaded. */
    public synchronized void refresh(Set<UnitCode> units) {
        Instant now = clock.instant();
        Versions versions = stored.look(now);
        Long inForce = versions.inForce();
        if (inForce == null) {
            return;
        }
        boolean sameUnits = loadedUnits.equals(units);
        CityMap map = held.at(now);
        if (map == null || map.version() != inForce || !sameUnits) {
            map = stored.find(units, now).orElse(map);
            if (map != null) {
                LOG.info("Judging by the governance map, version {}", map.version());
            }
        }
        Instant nextFrom = versions.nextFrom();
        boolean isNear = nextFrom != null && nextFrom.isBefore(now.plus(LEAD));
        CityMap next = null;
        if (nextFrom != null && isNear) {
            next = sameUnits && nextFrom.equals(held.nextFrom()) && held.next() != null
                    ? held.next()
                    : stored.find(units, nextFrom).orElse(null);
        }
        held = new Held(map, next, nextFrom != null && next != null ? nextFrom : Instant.MAX);
        loadedUnits = units;
    }

    /** @param nextFrom from when the next one holds; the end of time where there is none */
    private record Held(@Nullable CityMap inForce, @Nullable CityMap next, Instant nextFrom) {

        @Nullable
        CityMap at(Instant moment) {
            return moment.isBefore(nextFrom) ? inForce : next;
        }
    }
}
