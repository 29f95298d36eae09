package org.citybrain.intake.map;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citybrain.intake.admit.CityMap;
import org.citybrain.intake.admit.CityMaps;
import org.citybrain.messages.UnitCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The governance map in memory. */
@Component
public class CurrentCityMap implements CityMaps {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentCityMap.class);

    private final PostgisCityMaps stored;
    private volatile @Nullable CityMap current;
    private Set<UnitCode> loadedUnits = Set.of();

    CurrentCityMap(PostgisCityMaps stored) {
        this.stored = stored;
    }

    @Override
    public @Nullable CityMap current() {
        return current;
    }

    /** Which of these units are not there now. Asks the database. */
    public List<UnitCode> listUnknown(List<UnitCode> units) {
        return stored.listUnknown(units);
    }

    /** Loads the map where its version, or the units asked for, are not those that are loaded. */
    public void refresh(Set<UnitCode> units) {
        Optional<Long> version = stored.findVersion();
        CityMap loaded = current;
        boolean isLoaded = loaded != null && version.equals(Optional.of(loaded.version())) && loadedUnits.equals(units);
        if (version.isEmpty() || isLoaded) {
            return;
        }
        stored.find(version.get(), units).ifPresent(map -> {
            current = map;
            loadedUnits = units;
            LOG.info("Judging by the governance map, version {}", map.version());
        });
    }
}
