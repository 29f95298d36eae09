package org.citybrain.grid.demo;

import java.util.List;
import org.citybrain.messages.Position;
import org.citybrain.messages.UnitCode;

/**
 * What an invented city is made of.
 *
 * @param centre streets and communities with lower codes lie nearer to it
 */
record DemoPlan(UnitCode city, Position centre, int gridsPerCommunity, List<District> districts) {

    DemoPlan {
        districts = List.copyOf(districts);
    }

    /**
     * @param population residents, seventh national census (2020), rounded to a thousand
     * @param gridSquareKilometers about the size of a grid there
     * @param spine a rough line through the real district's middle, that the invented one grows around
     */
    record District(UnitCode code, long population, double gridSquareKilometers, List<Position> spine) {

        District {
            spine = List.copyOf(spine);
        }
    }

    /** The old town on its peninsula (about 23 km²), and the district across the river, long and half rural (about 220 km²). */
    static DemoPlan small() {
        return new DemoPlan(
                new UnitCode("50"),
                new Position(106.5772, 29.5576),
                5,
                List.of(
                        new District(
                                new UnitCode("500103"),
                                588_000,
                                0.051,
                                List.of(
                                        new Position(106.5784, 29.5582),
                                        new Position(106.5550, 29.5530),
                                        new Position(106.5280, 29.5430),
                                        new Position(106.5000, 29.5390))),
                        new District(
                                new UnitCode("500105"),
                                925_000,
                                0.33,
                                List.of(
                                        new Position(106.5100, 29.5880),
                                        new Position(106.5500, 29.5900),
                                        new Position(106.6300, 29.6050),
                                        new Position(106.7200, 29.6200),
                                        new Position(106.7900, 29.6300)))));
    }
}
