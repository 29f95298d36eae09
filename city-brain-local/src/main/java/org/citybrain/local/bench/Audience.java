package org.citybrain.local.bench;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citybrain.local.simulate.Place;
import org.citybrain.messages.UnitCode;

/** Five hundred who follow the live stream at once: some see the whole city, some a district, most a street. */
public final class Audience {

    private static final int OF_THE_CITY = 10;
    private static final int OF_DISTRICTS = 40;
    private static final int OF_STREETS = 450;

    private Audience() {}

    /** The unit of each; districts and streets come one after the other, and again from the first. */
    public static List<String> units(List<Place> grids) {
        return Stream.of(spread(grids, 2, OF_THE_CITY), spread(grids, 6, OF_DISTRICTS), spread(grids, 9, OF_STREETS))
                .flatMap(units -> units)
                .toList();
    }

    /** @param digits of the code of a unit of that tier */
    private static Stream<String> spread(List<Place> grids, int digits, int readers) {
        List<String> units = grids.stream()
                .map(grid -> new UnitCode(grid.gridCode().substring(0, digits)).digits())
                .distinct()
                .toList();
        return IntStream.range(0, readers).mapToObj(reader -> units.get(reader % units.size()));
    }
}
